/** Finds the bucket and role of a contract in the account that a plan describes. */

import type { DeliveryContract } from "../contract";
import type { AccountModel, PlannedBucket, PlannedRole } from "../plan";

interface Index {
  readonly buckets: ReadonlyMap<string, PlannedBucket>;
  readonly roles: ReadonlyMap<string, PlannedRole>;
}

const indexes = new WeakMap<AccountModel, Index>();

/** The bucket, by its name or its ARN. */
export function bucketOf({ bucket }: DeliveryContract, account: AccountModel): PlannedBucket | undefined {
  const { buckets } = indexOf(account);
  return buckets.get(bucket.name) ?? buckets.get(bucket.arn);
}

/** The role that the vendor assumes. */
export function roleOf({ role }: DeliveryContract, account: AccountModel): PlannedRole | undefined {
  const { roles } = indexOf(account);
  return role && (roles.get(role.name) ?? roles.get(role.arn));
}

function indexOf(account: AccountModel): Index {
  let index = indexes.get(account);
  if (index === undefined) {
    index = { buckets: byNameAndArn(account.buckets), roles: byNameAndArn(account.roles) };
    indexes.set(account, index);
  }
  return index;
}

/** If several resources have the same name, the first one counts. */
function byNameAndArn<Named extends { readonly name: string; readonly arn: string }>(list: readonly Named[]): Map<string, Named> {
  const index = new Map<string, Named>();
  for (const item of list) {
    for (const key of [item.name, item.arn]) if (!index.has(key)) index.set(key, item);
  }
  return index;
}
