import { canonicalAccount } from "../match/caller";
import type { Policies } from "../policies";
import type { AccessRequest, Verdict } from "../types";
import type { Case } from "./case";
import { caseFormatError } from "./case-error";
import { fieldsOf, optional } from "./fields";
import { parsePolicies, parseSettings } from "./parse-policies";
import { parseRequest } from "./parse-request";
import { duplicateIn } from "./read-cases";

const MEMBERS: readonly string[] = [
  "id",
  "source",
  "description",
  "request",
  "identityPolicies",
  "resourcePolicy",
  "trustPolicy",
  "permissionsBoundary",
  "sessionPolicies",
  "serviceControlPolicies",
  "resourceControlPolicies",
  "blockPublicAccess",
  "objectOwnership",
  "canonicalUsers",
  "expected",
];
/** Names that look like members which decide the verdict or whether it is right: a misspelt one is refused. Any other member is a note. */
const RELEVANT = /pol[iy]?c|boundary|block|public|ownership|control|trust|session|canonical|xpec|xpct|verdict/i;

const VERDICTS: readonly string[] = ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "unknown"];
const ACCOUNT_ID = /\b(\d{12})\b/;

/**
 * Parses one case.
 *
 * Where `identityPolicies` is absent, a caller in the resource's own account has none. For a caller in another account they are not known,
 * and only the resource's half is judged.
 *
 * @throws CaseFormatError, or PolicyGrammarError for one of its policies
 */
export function parseCase(input: unknown): Case {
  const fields = fieldsOf(input, "case");
  const id = typeof fields.id === "string" ? fields.id : undefined;
  if (id === undefined) throw caseFormatError({ property: "id", rule: "must be text", value: fields.id, where: "case" });
  const twice = duplicateIn(fields);
  if (twice !== undefined)
    throw caseFormatError({ property: twice, rule: "must stand only once in its object", value: "two of them", where: id });
  const misspelt = Object.keys(fields).find((name) => !MEMBERS.includes(name) && RELEVANT.test(name));
  if (misspelt !== undefined)
    throw caseFormatError({
      property: misspelt,
      rule: `is no member of a case; known are ${MEMBERS.join(", ")}`,
      value: fields[misspelt],
      where: id,
    });
  const request = parseRequest(fields.request, id);
  const expected = optional(fields, "expected");
  if (expected !== undefined && !(typeof expected === "string" && VERDICTS.includes(expected))) {
    throw caseFormatError({ property: "expected", rule: `must be one of ${VERDICTS.join(", ")}`, value: expected, where: id });
  }
  const policies = { ...parsePolicies(fields, id), ...parseSettings(fields, id) };
  const own = policies.identityPolicies ?? (isOtherAccount(request, policies.canonicalUsers) ? undefined : []);
  return { id, request, policies: { ...policies, identityPolicies: own }, expected: expected as Verdict | undefined };
}

function isOtherAccount(
  { principal, principalAccount, resource, resourceAccount }: AccessRequest,
  canonicalUsers: Policies["canonicalUsers"],
): boolean {
  const caller = principalAccount ?? canonicalAccount(principal.toLowerCase(), canonicalUsers) ?? ACCOUNT_ID.exec(principal)?.[1];
  const owner = resourceAccount ?? ACCOUNT_ID.exec(resource.split(":")[4] ?? "")?.[1];
  return caller !== undefined && owner !== undefined && caller !== owner;
}
