/** Who makes the requests of a contract, by what the plan shows of its bucket and role. */
import { accountOf, Callers, type DeliveryContract } from "../contract";
import { mayNameAction, PolicyGrammarError } from "../evaluate";
import type { PlannedBucket, PlannedRole } from "../plan";
import { hasUnknown } from "../unknown";
import { compiledPolicy } from "./compiled-policies";

interface PlannedParts {
  readonly bucket?: PlannedBucket | undefined;
  readonly role?: PlannedRole | undefined;
}

export function callersOf(contract: DeliveryContract, { bucket, role }: PlannedParts): Callers {
  return new Callers(contract, {
    bucketAccount: bucket?.account,
    mayDiffer: mayBeInOtherAccounts(contract, bucket, role),
    region: bucket?.region,
    roleTags: role?.tags,
    roleUniqueId: role?.uniqueId,
    passesTags: role !== undefined && mayPassTags(role),
  });
}

/** Whether a statement of the trust policy may let a caller pass session tags. */
function mayPassTags({ trustPolicy }: PlannedRole): boolean {
  const compiled = compiledPolicy(trustPolicy, "trust");
  if (compiled instanceof PolicyGrammarError) return true;
  return compiled.allows.some((statement) => mayNameAction(statement, "sts:TagSession"));
}

/** Whether the bucket and the role may be in different accounts: the two are not the same text, and one of them is unknown. */
function mayBeInOtherAccounts(contract: DeliveryContract, bucket: PlannedBucket | undefined, role: PlannedRole | undefined): boolean {
  const ofBucket = bucket?.account || undefined;
  const ofRole = [accountOf(contract.role?.arn ?? ""), role?.account || undefined].filter((account) => account !== undefined);
  if (ofBucket === undefined || ofRole.length === 0 || ofRole.includes(ofBucket)) return false;
  return hasUnknown(ofBucket) || ofRole.every(hasUnknown);
}
