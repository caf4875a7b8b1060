/** Finds the bucket and role of a contract in the account that a plan describes, and who makes its requests. */

import { accountOf, Callers, type DeliveryContract, OWN_ACCOUNT } from "../contract";
import { mayNameAction, memoizeByObject, PolicyGrammarError } from "../evaluate";
import type { AccountModel, KnownOrganizations, PlannedBucket, PlannedRole } from "../plan";
import { hasUnknown } from "../unknown";
import { compiledPolicy } from "./compiled-policies";

interface Index {
  readonly buckets: ReadonlyMap<string, readonly PlannedBucket[]>;
  readonly roles: ReadonlyMap<string, readonly PlannedRole[]>;
}

/** The bucket, by its name or its ARN. */
export function bucketOf({ bucket }: DeliveryContract, account: AccountModel): PlannedBucket | undefined {
  const { buckets } = indexOf(account);
  return (buckets.get(bucket.name) ?? buckets.get(bucket.arn))?.[0];
}

/** The role that the vendor assumes: by its ARN, as other accounts may have a role of its name. */
export function roleOf(contract: DeliveryContract, account: AccountModel): PlannedRole | undefined {
  const { role } = contract;
  if (role === undefined) return undefined;
  const { roles } = indexOf(account);
  const exact = roles.get(role.arn) ?? [];
  if (exact.length > 0) return one(exact, contract, account);
  const owner = accountOf(role.arn);
  const named = (roles.get(role.name) ?? []).filter(({ arn }) => {
    const id = accountOf(arn);
    return owner === undefined || id === undefined || id === owner || owner === OWN_ACCOUNT;
  });
  return one(named, contract, account);
}

/** The only role; of several, the one in the stack of the bucket. Stacks may be applied to accounts of their own. */
function one(roles: readonly PlannedRole[], contract: DeliveryContract, account: AccountModel): PlannedRole | undefined {
  if (roles.length < 2) return roles[0];
  const part = bucketOf(contract, account)?.part;
  const near = roles.filter((role) => role.part === part);
  return near.length === 1 ? near[0] : undefined;
}

const indexOf = memoizeByObject(
  (account: AccountModel): Index => ({ buckets: byNameAndArn(account.buckets), roles: byNameAndArn(account.roles) }),
);

/** Resources by name and by ARN. Only roles of several accounts have the same name. */
function byNameAndArn<Named extends { readonly name: string; readonly arn: string }>(
  list: readonly Named[],
): Map<string, readonly Named[]> {
  const index = new Map<string, Named[]>();
  for (const item of list) {
    for (const key of new Set([item.name, item.arn])) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [item]);
      else known.push(item);
    }
  }
  return index;
}

interface PlannedParts {
  readonly bucket?: PlannedBucket | undefined;
  readonly role?: PlannedRole | undefined;
  readonly organizations?: KnownOrganizations | undefined;
}

export function callersOf(contract: DeliveryContract, { bucket, role, organizations }: PlannedParts): Callers {
  return new Callers(contract, {
    bucketAccount: bucket?.account,
    mayDiffer: mayBeInOtherAccounts(contract, bucket, role),
    region: bucket?.region,
    roleTags: role?.tags,
    roleUniqueId: role?.uniqueId,
    passesTags: role !== undefined && mayPassTags(role),
    bucketTags: bucket?.accessTags,
    organizations,
  });
}

/** Whether a statement of the trust policy may let a caller pass session tags. */
export function mayPassTags({ trustPolicy }: PlannedRole): boolean {
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
