/** The KMS key of the bucket, as the plan or state that holds the contract names it. */
import { Callers, type DeliveryContract } from "../../lib/contract";
import { type EncryptionKey, encryptionKeyOf, mayUseKey } from "../../lib/judge";
import type { AccountModel } from "../../lib/plan";
import { hasUnknown } from "../../lib/unknown";

/** Undefined if the plan names no key for the bucket. */
export function plannedKeyOf(contract: DeliveryContract, planned: AccountModel): EncryptionKey | undefined {
  const bucket = planned.buckets.find(({ name }) => name === contract.bucket.name);
  const role = planned.roles.find(({ name }) => name === contract.role?.name);
  if (bucket?.kmsKeyId === undefined || !mayUseKey(bucket)) return undefined;
  return encryptionKeyOf({ bucket, role, callers: new Callers(contract, {}), kms: planned.kms });
}

/** The names by which the live bucket names its key, and AWS the key. Empty if it encrypts with none, or with `aws/s3`. */
export function liveKeyNames({ buckets: [bucket], kms }: AccountModel): string[] {
  if (bucket === undefined || !mayUseKey(bucket)) return [];
  return [bucket.kmsKeyId, ...(kms?.keys ?? []).flatMap(({ address, names }) => [address, ...names])].filter((name) => name !== undefined);
}

/** Whether the live bucket encrypts with the planned key. Undefined if the names do not show it. */
export function hasPlannedKey({ arn }: EncryptionKey, live: AccountModel): boolean | undefined {
  const names = liveKeyNames(live);
  if ([arn, live.buckets[0]?.encryption ?? "", ...names].some((name) => hasUnknown(name))) return undefined;
  // The plan may name the key by its ID, or by an alias, which only the live bucket's own name shows.
  if (names.some((name) => name === arn || name.endsWith(`/${arn}`) || name.endsWith(`:${arn}`))) return true;
  return isAlias(arn) && names.length > 0 && !names.some(isAlias) ? undefined : false;
}

function isAlias(name: string): boolean {
  return /(?:^|:)alias\//.test(name);
}
