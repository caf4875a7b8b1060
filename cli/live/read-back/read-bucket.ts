import type { DeliveryContract } from "../../../lib/contract";
import type { PolicyLocation } from "../../../lib/evaluate";
import type { PlannedBucket, Setting } from "../../../lib/plan";
import { bucketAddress, type Operations } from "../../aws";
import { type AccountReader, contentOf, isFailure, livePolicy, NOT_SET, settingOf, unreadPolicy } from "./account-reader";
import { type AclGrant, grantsToOthers } from "./bucket-acl";
import { type ReportTarget, readReportTargets } from "./read-reports";
import { readSources, type SourceBucket } from "./read-sources";

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
  /** Grants of the ACL to others than the owner; undefined if it could not be read. */
  readonly aclGrants: readonly AclGrant[] | undefined;
  readonly lifecycleRules: readonly LifecycleRule[];
  readonly replicas: readonly Replica[];
  /** Where lists of the bucket's objects are sent. */
  readonly reportTargets: readonly ReportTarget[];
  readonly sources: readonly SourceBucket[];
  readonly notifications: Operations["s3:GetBucketNotificationConfiguration"][1] | undefined;
  readonly isWebsite: boolean;
  /** MFA delete is on. */
  readonly mfaDelete: boolean;
  /** Object Lock protects every new version by default; undefined if it could not be read. */
  readonly defaultRetention: boolean | undefined;
}

type LifecycleRule = NonNullable<Operations["s3:GetBucketLifecycleConfiguration"][1]["Rules"]>[number];

/** Where a replication rule copies objects to. */
export interface Replica {
  readonly bucket: string;
  /** The account that the rule makes the owner of the copies. */
  readonly account?: string;
  /** The bucket belongs to the account that owns the source. */
  readonly isOwn: boolean;
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
  const [
    [policy, status, block, encryption, versioning, ownership, lock, payment, acl, lifecycle, replication, website, notifications],
    reportTargets,
  ] = await Promise.all([
    Promise.all([
      reader.read("s3:GetBucketPolicy", target),
      reader.read("s3:GetBucketPolicyStatus", target),
      reader.read("s3:GetPublicAccessBlock", target),
      reader.read("s3:GetBucketEncryption", target),
      reader.read("s3:GetBucketVersioning", target),
      reader.read("s3:GetBucketOwnershipControls", target),
      reader.read("s3:GetObjectLockConfiguration", target),
      reader.read("s3:GetBucketRequestPayment", target),
      reader.read("s3:GetBucketAcl", target),
      reader.read("s3:GetBucketLifecycleConfiguration", target),
      reader.read("s3:GetBucketReplication", target),
      reader.read("s3:GetBucketWebsite", target),
      reader.read("s3:GetBucketNotificationConfiguration", target),
    ]),
    readReportTargets(target, owner, reader),
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
    ...(owner !== undefined && { account: owner }),
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
  const grants = contentOf(acl);
  return {
    bucket,
    aclGrants: grants && grantsToOthers(grants),
    lifecycleRules: (contentOf(lifecycle)?.Rules ?? []).filter(({ Status }) => Status === "Enabled"),
    replicas: await readReplicas(contentOf(replication), owner, reader),
    reportTargets,
    sources: await readSources(bucket, owner, reader),
    notifications: contentOf(notifications),
    isWebsite: contentOf(website) !== undefined,
    mfaDelete: contentOf(versioning)?.MFADelete === "Enabled",
    defaultRetention: isFailure(lock) ? undefined : contentOf(lock)?.ObjectLockConfiguration?.Rule?.DefaultRetention !== undefined,
    ...(policyStatus ? { policyIsPublic: policyStatus.PolicyStatus?.IsPublic ?? false } : {}),
    ...(payer ? { requestPayer: payer } : {}),
  };
}

async function readReplicas(
  replication: Operations["s3:GetBucketReplication"][1] | undefined,
  owner: string | undefined,
  reader: AccountReader,
): Promise<Replica[]> {
  const rules = (replication?.ReplicationConfiguration?.Rules ?? []).filter(({ Status }) => Status === "Enabled");
  return Promise.all(
    rules.map(async ({ Destination }) => {
      const bucket = (Destination?.Bucket ?? "").split(":").at(-1)!;
      const account = Destination?.Account;
      const isOwn = owner !== undefined && (account ?? owner) === owner && (await reader.owns(bucket, owner));
      return { bucket, ...(account ? { account } : {}), isOwn };
    }),
  );
}
