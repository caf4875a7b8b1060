/** Reads the live bucket and role, as the same model that the plan reader makes of a plan. */
import type { DeliveryContract } from "../../../lib/contract";
import type { AccountModel } from "../../../lib/plan";
import { type Aws, rightFor, showFailure } from "../../aws";
import { type BlockSetting, withAccountBlock } from "./account-block";
import { AccountReader, type Unread } from "./account-reader";
import { type BucketPlace, type LiveBucket, readBucket } from "./read-bucket";
import { readKey } from "./read-key";
import { readRole } from "./read-role";
import type { Surroundings } from "./read-surroundings";

export interface ReadBack extends Omit<LiveBucket, "bucket"> {
  readonly account: AccountModel;
  readonly unread: readonly Unread[];
  /** Undefined where nobody asked. */
  readonly surroundings?: Surroundings;
  /** Settings of Block Public Access that are on for the account only. */
  readonly blockedByAccount: readonly BlockSetting[];
  /** ARN of the role that has the name of the contract's role, and is another one. */
  readonly otherRole?: string;
}

export interface ReadBackOptions {
  readonly aws: Aws;
  readonly place: BucketPlace;
  readonly signal: AbortSignal;
  readonly surroundings?: Surroundings;
}

export async function readBack(contract: DeliveryContract, { aws, place, signal, surroundings }: ReadBackOptions): Promise<ReadBack> {
  const reader = new AccountReader(aws, signal);
  const { bucket: ofBucket, ...settings } = await readBucket(contract, place, reader);
  const { bucket, blockedByAccount } = withAccountBlock(ofBucket, surroundings?.accountBlock);
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
      ...(surroundings && {
        dataFlows: [...surroundings.accessPoints, ...surroundings.grants],
        organizationPolicies: surroundings.policies,
        ...(surroundings.organizations && { organizations: surroundings.organizations }),
      }),
      contracts: [{ contract, location: bucket.location }],
      problems: unread.map(({ operation, failure }) => ({
        id: "unreadable",
        message: `${rightFor(operation)} is missing: ${showFailure(failure)}`,
        location: bucket.location,
      })),
    },
    unread,
    ...(surroundings && { surroundings }),
    blockedByAccount,
    ...settings,
    ...(found && "otherRole" in found && { otherRole: found.otherRole }),
  };
}
