/**
 * What each S3 action applies to: an object, a bucket, or neither.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
import { matchesAction } from "./patterns";

const OBJECT = `AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging DeleteObjectVersion
DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionForReplication
GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts ObjectOwnerOverrideToBucketOwner
PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging
ReplicateDelete ReplicateObject ReplicateTags RestoreObject`;

const BUCKET = `CreateBucket DeleteBucket DeleteBucketPolicy DeleteBucketWebsite GetAccelerateConfiguration
GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging GetBucketNotification
GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock
GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions PutAccelerateConfiguration
PutAnalyticsConfiguration PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration
PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging
PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration`;

const ACCOUNT = `CreateJob GetAccessPoint GetAccountPublicAccessBlock ListAccessPoints ListAccessPointsForObjectLambda
ListAllMyBuckets ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations PutAccessPointPublicAccessBlock
PutAccountPublicAccessBlock PutStorageLensConfiguration`;

const OBJECT_ACTIONS = namesIn(OBJECT);
const BUCKET_ACTIONS = namesIn(BUCKET);
/** Actions that need the resource `*`. */
const ACCOUNT_ACTIONS = namesIn(ACCOUNT);

/**
 * Names of API requests that are mistaken for actions, each with the action that allows the request.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const REQUESTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CompleteMultipartUpload: "s3:PutObject",
    CopyObject: "s3:GetObject and s3:PutObject",
    CreateMultipartUpload: "s3:PutObject",
    DeleteBucketEncryption: "s3:PutEncryptionConfiguration",
    DeleteBucketLifecycle: "s3:PutLifecycleConfiguration",
    DeleteObjects: "s3:DeleteObject",
    DeletePublicAccessBlock: "s3:PutBucketPublicAccessBlock",
    GetBucketEncryption: "s3:GetEncryptionConfiguration",
    GetBucketLifecycleConfiguration: "s3:GetLifecycleConfiguration",
    GetPublicAccessBlock: "s3:GetBucketPublicAccessBlock",
    HeadBucket: "s3:ListBucket",
    HeadObject: "s3:GetObject",
    ListBuckets: "s3:ListAllMyBuckets",
    ListMultipartUploads: "s3:ListBucketMultipartUploads",
    ListObjects: "s3:ListBucket",
    ListObjectsV2: "s3:ListBucket",
    ListObjectVersions: "s3:ListBucketVersions",
    ListParts: "s3:ListMultipartUploadParts",
    PutBucketEncryption: "s3:PutEncryptionConfiguration",
    PutBucketLifecycleConfiguration: "s3:PutLifecycleConfiguration",
    PutPublicAccessBlock: "s3:PutBucketPublicAccessBlock",
    UploadPart: "s3:PutObject",
    UploadPartCopy: "s3:GetObject and s3:PutObject",
  }).map(([request, action]) => [`s3:${request}`.toLowerCase(), action]),
);

/** The actions that a pattern matches, by what they apply to. */
export interface MatchedActions {
  readonly objects: readonly string[];
  readonly buckets: readonly string[];
  readonly account: readonly string[];
}

const matched = new Map<string, MatchedActions>();

/** The actions that a pattern of an `Action` element matches. Plans repeat a few patterns many times, so the result is cached. */
export function actionsMatching(pattern: string): MatchedActions {
  let found = matched.get(pattern);
  if (found === undefined) {
    const among = (names: readonly string[]) => names.filter((name) => matchesAction(pattern, name));
    found = { objects: among(OBJECT_ACTIONS), buckets: among(BUCKET_ACTIONS), account: among(ACCOUNT_ACTIONS) };
    matched.set(pattern, found);
  }
  return found;
}

function namesIn(text: string): readonly string[] {
  return text.split(/\s+/).map((name) => `s3:${name}`);
}
