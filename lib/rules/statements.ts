/** Questions about statements that several rules ask. */
import { accountOf } from "../contract/actors";
import { OWN_ACCOUNT, settleAccount } from "../contract/own-account";
import type { DeliveryContract } from "../contract/types";
import type { Condition } from "../evaluate/conditions";
import type { PreparedStatement } from "../evaluate/prepared";
import { hasUnknown } from "../evaluate/unknown";
import { matchesAction, s3Resource } from "./patterns";
import type { JudgedPolicy } from "./rule";

/** Whether `Principal` is `*` or holds it. */
export function namesEverybody({ principal }: PreparedStatement): boolean {
  return principal !== undefined && !principal.not && principal.entries.some(({ kind }) => kind === "any");
}

/** The texts of `Principal` by sort: AWS principals, and the others. */
export function namedPrincipals({ principal }: PreparedStatement): {
  readonly aws: string[];
  readonly services: string[];
  readonly federated: string[];
} {
  const aws: string[] = [];
  const services: string[] = [];
  const federated: string[] = [];
  if (principal !== undefined && !principal.not) {
    for (const [index, { kind }] of principal.entries.entries()) {
      const list =
        kind === "service" || kind === "anyService" ? services : kind === "federated" || kind === "anyFederated" ? federated : aws;
      list.push(principal.texts[index]!);
    }
  }
  return { aws, services, federated };
}

/** Whether one of the patterns of `Action` matches; for `NotAction`, whether none does. */
export function includesAction({ action }: PreparedStatement, name: string): boolean {
  if (action === undefined) return false;
  return action.texts.some((pattern) => matchesAction(pattern, name)) !== action.not;
}

/** The texts of `Action`, none for `NotAction`. */
export function actionsOf({ action }: PreparedStatement): readonly string[] {
  return action === undefined || action.not ? [] : action.texts;
}

/** The texts of `Resource`, none for `NotResource`. */
export function resourcesOf({ resource }: PreparedStatement): readonly string[] {
  return resource === undefined || resource.not ? [] : resource.texts;
}

const TYING_OPERATORS: ReadonlySet<string> = new Set(["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"]);
const CALLER_KEYS: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:userid",
]);

/** Whether a condition ties the statement to callers that it names, so that `*` does not mean everybody. */
export function tiesCaller({ conditions }: PreparedStatement): boolean {
  return conditions.some((condition) => CALLER_KEYS.has(condition.key) && isPositive(condition) && condition.values.every(isTied));
}

/** A value that leaves at least an account or an organization fixed. */
function isTied(value: string): boolean {
  return hasUnknown(value) || !/^[*?]*$/.test(value.split(":")[4] ?? value);
}

/** Whether the request must have the key, and one of the values. */
export function isPositive({ operator, ifExists, set, negated }: Condition): boolean {
  return TYING_OPERATORS.has(operator) && !ifExists && !negated && set !== "ForAllValues";
}

export function isOwnAccount(principal: string, { account, contracts }: JudgedPolicy): boolean {
  const id = accountOf(settleAccount(principal));
  return (
    id !== undefined &&
    (id === account.id || id === OWN_ACCOUNT || contracts.some(({ role }) => role && accountOf(settleAccount(role.arn)) === id))
  );
}

/** Whether a contract names the principal: as its vendor's, as its role, or as the one who validates it. */
export function isExpected(principal: string, contracts: readonly DeliveryContract[], kind: "trust" | "resource"): boolean {
  return contracts.some(({ vendorPrincipals, validator, role, door }) => {
    if (kind === "trust") return names(vendorPrincipals, principal) || validator?.principalArn === principal;
    return door === "bucketPolicy" ? names(vendorPrincipals, principal) : role?.arn === principal;
  });
}

/** An account's root and its bare number are the same. */
function names(list: readonly string[], principal: string): boolean {
  return list.some((listed) => listed === principal || wholeAccount(listed) === (wholeAccount(principal) ?? ""));
}

function wholeAccount(principal: string): string | undefined {
  return /^\d{12}$/.test(principal) || principal.endsWith(":root") ? accountOf(principal) : undefined;
}

/** For people: `["a", "b"]` as `a, b`. */
export function listed(texts: readonly string[], most = 4): string {
  return texts.length <= most ? texts.join(", ") : `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}

/** Whether a statement of a role's policy allows every action on everything. */
export function isAdmin(statement: PreparedStatement): boolean {
  return actionsOf(statement).some((action) => /^(\*|\*:\*)$/.test(action)) && reachesAllBuckets(statement);
}

/** Whether a statement of a role's policy allows every action of Amazon S3 on everything. */
export function isAllOfS3(statement: PreparedStatement): boolean {
  return actionsOf(statement).some((action) => /^s3:\*+$/i.test(action)) && reachesAllBuckets(statement);
}

function reachesAllBuckets(statement: PreparedStatement): boolean {
  return resourcesOf(statement).some((resource) => /^\*+$/.test(s3Resource(resource)?.bucket ?? ""));
}

/** Policies of AWS that reach everything, or everything in Amazon S3 or IAM. */
export const BROAD_MANAGED_POLICIES: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "PowerUserAccess",
  "IAMFullAccess",
  "AmazonS3FullAccess",
]);
