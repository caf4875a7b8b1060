import type { DeliveryContract } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import type { PlannedBucket, Setting } from "../../lib/plan";
import { bucketAddress, type Operations } from "../aws";
import { type AccountReader, contentOf, isFailure, livePolicy, NOT_SET, settingOf, unreadPolicy } from "./account-reader";

/** Where the bucket is, and which account must own it. */
export interface BucketPlace {
  readonly region: string;
  readonly owner: string | undefined;
}

export interface LiveBucket {
  readonly bucket: PlannedBucket;
  /** AWS's own verdict on the bucket policy (GetBucketPolicyStatus). */
  readonly policyIsPublic?: boolean;
  /** `BucketOwner` or `Requester`. */
  readonly requestPayer?: string;
  /** MFA delete is on. */
  readonly mfaDelete: boolean;
  /** Object Lock protects every new version by default; undefined if it could not be read. */
  readonly defaultRetention: boolean | undefined;
}

type EncryptionRule = NonNullable<
  NonNullable<Operations["s3:GetBucketEncryption"][1]["ServerSideEncryptionConfiguration"]>["Rules"]
>[number];

export async function readBucket(
  { bucket: { name, arn } }: DeliveryContract,
  { region, owner }: BucketPlace,
  reader: AccountReader,
): Promise<LiveBucket> {
  const target = bucketAddress(name, owner);
  const at: PolicyLocation = { file: arn, address: "live" };
  const [policy, status, block, encryption, versioning, ownership, lock, payment] = await Promise.all([
    reader.read("s3:GetBucketPolicy", target),
    reader.read("s3:GetBucketPolicyStatus", target),
    reader.read("s3:GetPublicAccessBlock", target),
    reader.read("s3:GetBucketEncryption", target),
    reader.read("s3:GetBucketVersioning", target),
    reader.read("s3:GetBucketOwnershipControls", target),
    reader.read("s3:GetObjectLockConfiguration", target),
    reader.read("s3:GetBucketRequestPayment", target),
  ]);
  const blockSetting = (setting: "BlockPublicAcls" | "IgnorePublicAcls" | "BlockPublicPolicy" | "RestrictPublicBuckets") =>
    settingOf("s3:GetBucketPublicAccessBlock", block, (answer) => String(answer.PublicAccessBlockConfiguration?.[setting] ?? false));
  const encryptionSetting = (pick: (rule: EncryptionRule) => Setting) =>
    settingOf("s3:GetEncryptionConfiguration", encryption, (answer) => {
      const rule = answer.ServerSideEncryptionConfiguration?.Rules?.[0];
      return rule && pick(rule);
    });
  const bucket: PlannedBucket = {
    address: arn,
    location: at,
    name,
    arn,
    region,
    blockPublicAccess: {
      blockPublicAcls: blockSetting("BlockPublicAcls"),
      ignorePublicAcls: blockSetting("IgnorePublicAcls"),
      blockPublicPolicy: blockSetting("BlockPublicPolicy"),
      restrictPublicBuckets: blockSetting("RestrictPublicBuckets"),
    },
    encryption: encryptionSetting((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm),
    kmsKeyId: encryptionSetting((rule) => rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID),
    bucketKeyEnabled: encryptionSetting((rule) => String(rule.BucketKeyEnabled ?? false)),
    versioning: settingOf("s3:GetBucketVersioning", versioning, (answer) => answer.Status ?? "Disabled"),
    // A bucket without the setting was created before April 2023: the writer of an object owns it.
    objectOwnership:
      ownership === NOT_SET
        ? "ObjectWriter"
        : settingOf("s3:GetBucketOwnershipControls", ownership, (answer) => answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership),
    objectLock: settingOf("s3:GetBucketObjectLockConfiguration", lock, (answer) =>
      String(answer.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled"),
    ),
    acl: undefined,
    policies: isFailure(policy)
      ? [unreadPolicy("s3:GetBucketPolicy", at)]
      : policy === NOT_SET
        ? []
        : [livePolicy(policy.Policy ?? "", { ...at, address: "bucket policy" })],
    locations: {},
  };
  const [policyStatus, payer] = [contentOf(status), contentOf(payment)?.Payer];
  return {
    bucket,
    mfaDelete: contentOf(versioning)?.MFADelete === "Enabled",
    defaultRetention: isFailure(lock) ? undefined : contentOf(lock)?.ObjectLockConfiguration?.Rule?.DefaultRetention !== undefined,
    ...(policyStatus ? { policyIsPublic: policyStatus.PolicyStatus?.IsPublic ?? false } : {}),
    ...(payer ? { requestPayer: payer } : {}),
  };
}
