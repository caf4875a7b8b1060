import * as errors from "../errors";
import type { Statement } from "../policy";

const ELEMENTS = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

const NEEDED = { resource: ["Principal", "Action", "Resource"], identity: ["Action", "Resource"], trust: ["Principal", "Action"] };

/**
 * Returns the statement. Errors: IAM's grammar does not allow it in that kind of policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkStatement(
  statement: { readonly [element: string]: any },
  kind: "identity" | "resource" | "trust",
  at: string,
): Statement {
  if (typeof statement !== "object" || statement === null || Array.isArray(statement)) {
    throw errors.malformedStatement("must be an object", statement, at);
  }
  const unknown = Object.keys(statement).find((key) => !ELEMENTS.includes(key));
  if (unknown !== undefined) throw errors.malformedStatement(`may hold ${ELEMENTS.join(", ")} only`, unknown, at);
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    throw errors.malformedStatement('must have the Effect "Allow" or "Deny"', statement.Effect, at);
  }
  if (statement.Sid !== undefined && kind !== "resource" && !/^[A-Za-z0-9]*$/.test(statement.Sid)) {
    throw errors.malformedStatement("may have a Sid of letters and digits only in a role's policies", statement.Sid, at);
  }
  for (const element of NEEDED[kind]) {
    const given = [element, `Not${element}`].filter((key) => statement[key] !== undefined);
    if (given.length !== 1) throw errors.malformedStatement(`must have one of ${element} and Not${element}`, given, at);
  }
  if (kind === "identity" && (statement.Principal ?? statement.NotPrincipal) !== undefined) {
    throw errors.malformedStatement("may not name a principal in a role's own policy", statement.Principal ?? statement.NotPrincipal, at);
  }
  if (statement.Effect === "Allow" && statement.NotPrincipal !== undefined) {
    throw errors.malformedStatement("may have NotPrincipal with Deny only", statement.NotPrincipal, at);
  }
  return statement as unknown as Statement;
}
