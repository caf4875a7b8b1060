/** The IAM action that allows each operation, if its name differs from that of the operation. */
import type { OperationName } from "./operations";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const RIGHTS: Partial<Record<OperationName, string>> = {
  "s3:HeadBucket": "s3:ListBucket",
  "s3:HeadObject": "s3:GetObject",
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:ListObjectVersions": "s3:ListBucketVersions",
  "s3:ListMultipartUploads": "s3:ListBucketMultipartUploads",
  "s3:CreateMultipartUpload": "s3:PutObject",
  "s3:UploadPart": "s3:PutObject",
  "s3:CompleteMultipartUpload": "s3:PutObject",
  "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
  "s3:ListBucketInventoryConfigurations": "s3:GetInventoryConfiguration",
  "s3:ListBucketAnalyticsConfigurations": "s3:GetAnalyticsConfiguration",
  "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
  "accessanalyzer:ValidatePolicy": "access-analyzer:ValidatePolicy",
  "accessanalyzer:CheckNoPublicAccess": "access-analyzer:CheckNoPublicAccess",
  "accessanalyzer:ListAnalyzers": "access-analyzer:ListAnalyzers",
  "accessanalyzer:ListFindings": "access-analyzer:ListFindings",
  "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
  "s3control:ListAccessGrants": "s3:ListAccessGrants",
  "s3control:ListAccessPoints": "s3:ListAccessPoints",
  "s3control:GetAccessPoint": "s3:GetAccessPoint",
  "s3control:GetAccessPointPolicy": "s3:GetAccessPointPolicy",
};

/** The IAM action that allows the operation. Deleting a version is an action of its own. */
export function rightFor(operation: OperationName, input: { readonly VersionId?: string } = {}): string {
  if (operation === "s3:DeleteObject" && input.VersionId !== undefined) return "s3:DeleteObjectVersion";
  return RIGHTS[operation] ?? operation;
}
