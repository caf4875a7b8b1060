import { accountOf, type DeliveryContract, OWN_ACCOUNT, substituteOwnAccount, wholeAccountOf } from "../contract";
import type { CompiledStatement } from "../evaluate";
import { isUnknown, unknownPattern } from "../unknown";
import { matchesAction, s3Resource } from "./patterns";
import type { JudgedPolicy } from "./rule";

/** Whether one of the patterns of `Action` matches; for `NotAction`, whether none does. */
export function includesAction({ action }: CompiledStatement, name: string): boolean {
  if (action === undefined) return false;
  return action.texts.some((pattern) => matchesAction(pattern, name)) !== action.not;
}

/** The texts of `Action`, none for `NotAction`. */
export function actionsOf({ action }: CompiledStatement): readonly string[] {
  return action === undefined || action.not ? [] : action.texts;
}

/** The texts of `Resource`, none for `NotResource`. */
export function resourcesOf({ resource }: CompiledStatement): readonly string[] {
  return resource === undefined || resource.not ? [] : resource.texts;
}

/** Principals from data sources that return principals of the account in which Terraform works. */
const OWN_DATA_SOURCE = unknownPattern(/data\.(aws_caller_identity\.[\w-]+|aws_iam_(role|user)\.[\w-]+)\.arn/);

/** Whether the placeholder stands for a principal of the account in which Terraform works. */
export function isOwnPlaceholder(principal: string): boolean {
  return isUnknown(principal) && OWN_DATA_SOURCE.test(principal);
}

/** Whether the principal belongs to the customer's account. */
export function isOwnAccount(principal: string, { account, contracts }: Pick<JudgedPolicy, "account" | "contracts">): boolean {
  if (isOwnPlaceholder(principal)) return true;
  const id = accountOf(substituteOwnAccount(principal));
  return (
    id !== undefined &&
    (id === account.id || id === OWN_ACCOUNT || contracts.some(({ role }) => role && accountOf(substituteOwnAccount(role.arn)) === id))
  );
}

/** Whether a contract names the principal: as the vendor's, as its role, or as its validator. */
export function isExpected(principal: string, contracts: readonly DeliveryContract[], kind: "trust" | "resource"): boolean {
  return contracts.some(({ vendorPrincipals, validator, role, door }) => {
    // A role that may assume itself gains nothing.
    if (kind === "trust") return names(vendorPrincipals, principal) || [validator?.principalArn, role?.arn].includes(principal);
    return door === "bucketPolicy" ? names(vendorPrincipals, principal) : role?.arn === principal;
  });
}

/** The root ARN of an account and its bare number are the same principal. */
function names(list: readonly string[], principal: string): boolean {
  return list.some((listed) => listed === principal || wholeAccountOf(listed) === (wholeAccountOf(principal) ?? ""));
}

/** `["a", "b"]` as `a, b`, for messages. */
export function listed(texts: readonly string[], most = 4): string {
  return texts.length <= most ? texts.join(", ") : `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}

/** Whether a statement of a role's policy allows every action on everything. */
export function isAdmin(statement: CompiledStatement): boolean {
  return actionsOf(statement).some((action) => /^(\*|\*:\*)$/.test(action)) && reachesAllBuckets(statement);
}

/** Whether a statement of a role's policy allows every action of Amazon S3 on everything. */
export function isAllOfS3(statement: CompiledStatement): boolean {
  return actionsOf(statement).some((action) => /^s3:\*+$/i.test(action)) && reachesAllBuckets(statement);
}

function reachesAllBuckets(statement: CompiledStatement): boolean {
  return resourcesOf(statement).some((resource) => /^\*+$/.test(s3Resource(resource)?.bucket ?? ""));
}

/** AWS managed policies with full access to everything, to Amazon S3 or to IAM. */
export const BROAD_MANAGED_POLICIES: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "PowerUserAccess",
  "IAMFullAccess",
  "AmazonS3FullAccess",
]);
