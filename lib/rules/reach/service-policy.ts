/** The policy of a resource of another service, reduced to who is allowed what. */
import { type CompiledPolicy, compilePolicy, PolicyGrammarError } from "../../evaluate";
import { isObject, ownValue } from "../../json";
import { ownDocument } from "../../judge";
import type { PlannedPolicy } from "../../plan";

/** Members of statements that some services accept and IAM does not. */
const KNOWN = new Set(["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"]);

/**
 * The policy with every resource in each of its statements, because services write resources in their own formats, or omit them. A Deny for
 * only some resources is left out, because an Allow may cover the others.
 *
 * @returns undefined where it cannot be parsed
 */
export function compiledServicePolicy(policy: PlannedPolicy): CompiledPolicy | undefined {
  try {
    return compilePolicy(onEveryResource(ownDocument(policy)), "resource", { location: policy.location });
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undefined;
  }
}

function onEveryResource(document: unknown): unknown {
  if (!isObject(document)) return document;
  const given = ownValue(document, "Statement");
  if (given === undefined) return document;
  const statements = [given].flat();
  const resources = statements.flatMap((statement) => (ownValue(statement, "Effect") === "Deny" ? [] : [resourcesIn(statement)]));
  const isKept = (statement: unknown) => {
    if (ownValue(statement, "Effect") !== "Deny") return true;
    const denied = resourcesIn(statement);
    return denied === EVERY_RESOURCE || resources.every((allowed) => allowed === denied);
  };
  return { Version: ownValue(document, "Version") ?? "2012-10-17", Statement: statements.filter(isKept).map(statementOnEveryResource) };
}

const EVERY_RESOURCE = JSON.stringify(["*"]);

function resourcesIn(statement: unknown): string {
  if (ownValue(statement, "NotResource") !== undefined) return JSON.stringify({ not: ownValue(statement, "NotResource") });
  return JSON.stringify([ownValue(statement, "Resource") ?? "*"].flat());
}

function statementOnEveryResource(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  const known = Object.fromEntries(Object.entries(statement).filter(([name]) => KNOWN.has(name)));
  return { ...known, Resource: "*" };
}
