/** Reads the live bucket and role, as the same model that the plan reader makes of a plan. */
import type { DeliveryContract } from "../../../lib/contract";
import type { AccountModel } from "../../../lib/plan";
import { type Aws, rightFor, showFailure } from "../../aws";
import { AccountReader, type Unread } from "./account-reader";
import { type BucketPlace, type LiveBucket, readBucket } from "./read-bucket";
import { readKey } from "./read-key";
import { readRole } from "./read-role";

export interface ReadBack extends Omit<LiveBucket, "bucket"> {
  readonly account: AccountModel;
  readonly unread: readonly Unread[];
  /** ARN of the role that has the name of the contract's role, and is another one. */
  readonly otherRole?: string;
}

export interface ReadBackOptions {
  readonly aws: Aws;
  readonly place: BucketPlace;
  readonly signal: AbortSignal;
}

export async function readBack(contract: DeliveryContract, { aws, place, signal }: ReadBackOptions): Promise<ReadBack> {
  const reader = new AccountReader(aws, signal);
  const { bucket, ...settings } = await readBucket(contract, place, reader);
  const found = contract.role ? await readRole(contract.role, reader) : undefined;
  const role = found && "otherRole" in found ? undefined : found;
  const kms = await readKey(bucket, reader);
  const { unread } = reader;
  return {
    account: {
      name: `live account${place.owner ? ` ${place.owner}` : ""}`,
      source: "live",
      buckets: [bucket],
      roles: role ? [role] : [],
      ...(kms && { kms }),
      contracts: [{ contract, location: bucket.location }],
      problems: unread.map(({ operation, failure }) => ({
        id: "unreadable",
        message: `${rightFor(operation)} is missing: ${showFailure(failure)}`,
        location: bucket.location,
      })),
    },
    unread,
    ...settings,
    ...(found && "otherRole" in found && { otherRole: found.otherRole }),
  };
}
