/** Finds the resource of the input that a request reaches, outside the vendor's own bucket and role. */
import { type Result, substituteOwnAccount } from "../../contract";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole } from "../../plan";
import { describedKeyOf } from "./described-keys";

export interface Reached {
  readonly bucket?: PlannedBucket | undefined;
  readonly role?: PlannedRole | undefined;
  /** The policy of a KMS key. */
  readonly key?: PlannedPolicy | undefined;
}

/** The resource that the witness reaches, outside the contract's own bucket and role. */
export function reached({ witness }: Result, { roles, buckets, kms }: AccountModel): Reached {
  const resource = witness?.resource ?? "";
  const role = roles.find(({ arn }) => substituteOwnAccount(arn) === resource);
  const bucket = buckets.find(({ arn }) => resource === arn || resource.startsWith(`${arn}/`));
  const key = describedKeyOf(resource, kms)?.policies[0];
  return { role, bucket, key };
}
