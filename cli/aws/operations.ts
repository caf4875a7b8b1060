/** The AWS operations that the program uses, with input and output of each. The program can call no other operation. */
import type * as cloudtrail from "@aws-sdk/client-cloudtrail";
import type * as iam from "@aws-sdk/client-iam";
import type * as kms from "@aws-sdk/client-kms";
import type * as s3 from "@aws-sdk/client-s3";
import type * as sqs from "@aws-sdk/client-sqs";
import type * as sts from "@aws-sdk/client-sts";
import type {
  CheckNoPublicAccessInput,
  CheckNoPublicAccessOutput,
  DescribeOrganizationOutput,
  DescribePolicyInput,
  DescribePolicyOutput,
  GetAccessPointOutput,
  GetAccessPointPolicyOutput,
  GetAccountPublicAccessBlockOutput,
  ListAccessGrantsInput,
  ListAccessGrantsOutput,
  ListAccessPointsInput,
  ListAccessPointsOutput,
  ListAnalyzersOutput,
  ListFindingsInput,
  ListFindingsOutput,
  ListParentsInput,
  ListParentsOutput,
  ListPoliciesForTargetInput,
  ListPoliciesForTargetOutput,
  ListRootsOutput,
  NextPage,
  OfAccessPoint,
  OfAccount,
  ValidatePolicyInput,
  ValidatePolicyOutput,
} from "./used-shapes";

export interface Operations {
  "s3:HeadBucket": [s3.HeadBucketCommandInput, s3.HeadBucketCommandOutput];
  "s3:PutObject": [s3.PutObjectCommandInput, s3.PutObjectCommandOutput];
  "s3:GetObject": [s3.GetObjectCommandInput, s3.GetObjectCommandOutput];
  "s3:HeadObject": [s3.HeadObjectCommandInput, s3.HeadObjectCommandOutput];
  "s3:GetObjectAcl": [s3.GetObjectAclCommandInput, s3.GetObjectAclCommandOutput];
  "s3:PutObjectAcl": [s3.PutObjectAclCommandInput, s3.PutObjectAclCommandOutput];
  "s3:GetObjectTagging": [s3.GetObjectTaggingCommandInput, s3.GetObjectTaggingCommandOutput];
  "s3:PutObjectTagging": [s3.PutObjectTaggingCommandInput, s3.PutObjectTaggingCommandOutput];
  "s3:DeleteObject": [s3.DeleteObjectCommandInput, s3.DeleteObjectCommandOutput];
  "s3:ListBuckets": [s3.ListBucketsCommandInput, s3.ListBucketsCommandOutput];
  "s3:ListObjectsV2": [s3.ListObjectsV2CommandInput, s3.ListObjectsV2CommandOutput];
  "s3:ListObjectVersions": [s3.ListObjectVersionsCommandInput, s3.ListObjectVersionsCommandOutput];
  "s3:CreateMultipartUpload": [s3.CreateMultipartUploadCommandInput, s3.CreateMultipartUploadCommandOutput];
  "s3:UploadPart": [s3.UploadPartCommandInput, s3.UploadPartCommandOutput];
  "s3:CompleteMultipartUpload": [s3.CompleteMultipartUploadCommandInput, s3.CompleteMultipartUploadCommandOutput];
  "s3:AbortMultipartUpload": [s3.AbortMultipartUploadCommandInput, s3.AbortMultipartUploadCommandOutput];
  "s3:ListMultipartUploads": [s3.ListMultipartUploadsCommandInput, s3.ListMultipartUploadsCommandOutput];
  "s3:GetBucketPolicy": [s3.GetBucketPolicyCommandInput, s3.GetBucketPolicyCommandOutput];
  "s3:PutBucketPolicy": [s3.PutBucketPolicyCommandInput, s3.PutBucketPolicyCommandOutput];
  "s3:GetBucketPolicyStatus": [s3.GetBucketPolicyStatusCommandInput, s3.GetBucketPolicyStatusCommandOutput];
  "s3:GetBucketAcl": [s3.GetBucketAclCommandInput, s3.GetBucketAclCommandOutput];
  "s3:GetBucketLocation": [s3.GetBucketLocationCommandInput, s3.GetBucketLocationCommandOutput];
  "s3:GetBucketEncryption": [s3.GetBucketEncryptionCommandInput, s3.GetBucketEncryptionCommandOutput];
  "s3:GetBucketVersioning": [s3.GetBucketVersioningCommandInput, s3.GetBucketVersioningCommandOutput];
  "s3:GetBucketOwnershipControls": [s3.GetBucketOwnershipControlsCommandInput, s3.GetBucketOwnershipControlsCommandOutput];
  "s3:GetBucketRequestPayment": [s3.GetBucketRequestPaymentCommandInput, s3.GetBucketRequestPaymentCommandOutput];
  "s3:GetPublicAccessBlock": [s3.GetPublicAccessBlockCommandInput, s3.GetPublicAccessBlockCommandOutput];
  "s3:GetObjectLockConfiguration": [s3.GetObjectLockConfigurationCommandInput, s3.GetObjectLockConfigurationCommandOutput];
  "s3:GetBucketLifecycleConfiguration": [s3.GetBucketLifecycleConfigurationCommandInput, s3.GetBucketLifecycleConfigurationCommandOutput];
  "s3:GetBucketReplication": [s3.GetBucketReplicationCommandInput, s3.GetBucketReplicationCommandOutput];
  "s3:ListBucketInventoryConfigurations": [
    s3.ListBucketInventoryConfigurationsCommandInput,
    s3.ListBucketInventoryConfigurationsCommandOutput,
  ];
  "s3:ListBucketAnalyticsConfigurations": [
    s3.ListBucketAnalyticsConfigurationsCommandInput,
    s3.ListBucketAnalyticsConfigurationsCommandOutput,
  ];
  "s3:GetBucketWebsite": [s3.GetBucketWebsiteCommandInput, s3.GetBucketWebsiteCommandOutput];
  "s3:GetBucketNotificationConfiguration": [
    s3.GetBucketNotificationConfigurationCommandInput,
    s3.GetBucketNotificationConfigurationCommandOutput,
  ];
  "kms:DescribeKey": [kms.DescribeKeyCommandInput, kms.DescribeKeyCommandOutput];
  "kms:GetKeyPolicy": [kms.GetKeyPolicyCommandInput, kms.GetKeyPolicyCommandOutput];
  "kms:ListGrants": [kms.ListGrantsCommandInput, kms.ListGrantsCommandOutput];
  "sqs:GetQueueUrl": [sqs.GetQueueUrlCommandInput, sqs.GetQueueUrlCommandOutput];
  "sqs:GetQueueAttributes": [sqs.GetQueueAttributesCommandInput, sqs.GetQueueAttributesCommandOutput];
  "sqs:ReceiveMessage": [sqs.ReceiveMessageCommandInput, sqs.ReceiveMessageCommandOutput];
  "sqs:ChangeMessageVisibilityBatch": [sqs.ChangeMessageVisibilityBatchCommandInput, sqs.ChangeMessageVisibilityBatchCommandOutput];
  "sqs:DeleteMessageBatch": [sqs.DeleteMessageBatchCommandInput, sqs.DeleteMessageBatchCommandOutput];
  "cloudtrail:LookupEvents": [cloudtrail.LookupEventsCommandInput, cloudtrail.LookupEventsCommandOutput];
  "sts:GetCallerIdentity": [sts.GetCallerIdentityCommandInput, sts.GetCallerIdentityCommandOutput];
  "sts:AssumeRole": [sts.AssumeRoleCommandInput, sts.AssumeRoleCommandOutput];
  "sts:AssumeRoleWithWebIdentity": [sts.AssumeRoleWithWebIdentityCommandInput, sts.AssumeRoleWithWebIdentityCommandOutput];
  "iam:ListRoles": [iam.ListRolesCommandInput, iam.ListRolesCommandOutput];
  "iam:GetRole": [iam.GetRoleCommandInput, iam.GetRoleCommandOutput];
  "iam:ListRolePolicies": [iam.ListRolePoliciesCommandInput, iam.ListRolePoliciesCommandOutput];
  "iam:GetRolePolicy": [iam.GetRolePolicyCommandInput, iam.GetRolePolicyCommandOutput];
  "iam:ListAttachedRolePolicies": [iam.ListAttachedRolePoliciesCommandInput, iam.ListAttachedRolePoliciesCommandOutput];
  "iam:GetPolicy": [iam.GetPolicyCommandInput, iam.GetPolicyCommandOutput];
  "iam:GetPolicyVersion": [iam.GetPolicyVersionCommandInput, iam.GetPolicyVersionCommandOutput];
  "iam:SimulateCustomPolicy": [iam.SimulateCustomPolicyCommandInput, iam.SimulateCustomPolicyCommandOutput];
  "iam:CreateRole": [iam.CreateRoleCommandInput, iam.CreateRoleCommandOutput];
  "iam:PutRolePolicy": [iam.PutRolePolicyCommandInput, iam.PutRolePolicyCommandOutput];
  "iam:AttachRolePolicy": [iam.AttachRolePolicyCommandInput, iam.AttachRolePolicyCommandOutput];
  "iam:DetachRolePolicy": [iam.DetachRolePolicyCommandInput, iam.DetachRolePolicyCommandOutput];
  "iam:DeleteRolePolicy": [iam.DeleteRolePolicyCommandInput, iam.DeleteRolePolicyCommandOutput];
  "iam:DeleteRole": [iam.DeleteRoleCommandInput, iam.DeleteRoleCommandOutput];
  "accessanalyzer:ValidatePolicy": [ValidatePolicyInput, ValidatePolicyOutput];
  "accessanalyzer:CheckNoPublicAccess": [CheckNoPublicAccessInput, CheckNoPublicAccessOutput];
  "accessanalyzer:ListAnalyzers": [NextPage, ListAnalyzersOutput];
  "accessanalyzer:ListFindings": [ListFindingsInput, ListFindingsOutput];
  "s3control:GetPublicAccessBlock": [OfAccount, GetAccountPublicAccessBlockOutput];
  "s3control:ListAccessPoints": [ListAccessPointsInput, ListAccessPointsOutput];
  "s3control:ListAccessGrants": [ListAccessGrantsInput, ListAccessGrantsOutput];
  "s3control:GetAccessPoint": [OfAccessPoint, GetAccessPointOutput];
  "s3control:GetAccessPointPolicy": [OfAccessPoint, GetAccessPointPolicyOutput];
  "organizations:DescribeOrganization": [Record<string, never>, DescribeOrganizationOutput];
  "organizations:ListRoots": [Record<string, never>, ListRootsOutput];
  "organizations:ListParents": [ListParentsInput, ListParentsOutput];
  "organizations:ListPoliciesForTarget": [ListPoliciesForTargetInput, ListPoliciesForTargetOutput];
  "organizations:DescribePolicy": [DescribePolicyInput, DescribePolicyOutput];
}

export type OperationName = keyof Operations;

export interface CallOptions {
  /** Speak plain HTTP to the same host. */
  readonly plainHttp?: boolean;
  /** Stops waiting for the answer. Requests that write do not get one: AWS may process them, and the clean-up must know. */
  readonly signal?: AbortSignal;
}

/** Calls AWS as one identity in one region. In tests, a fake that rejects every unplanned call. */
export interface Aws {
  call<N extends OperationName>(operation: N, input: Operations[N][0], options?: CallOptions): Promise<Operations[N][1]>;
}

/** Where an identity's credentials come from. */
export type CredentialSource =
  | { readonly kind: "environment" }
  | { readonly kind: "profile"; readonly name: string }
  | { readonly kind: "keys"; readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
  /** A session of a role, which the credentials of `by` assume. */
  | { readonly kind: "role"; readonly roleArn: string; readonly sessionName: string; readonly by: CredentialSource }
  /** Requests are not signed. */
  | { readonly kind: "anonymous" };

/** Creates the clients of one identity in one region. */
export type Connect = (source: CredentialSource, region: string) => Aws;
