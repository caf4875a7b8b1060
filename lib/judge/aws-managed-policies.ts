/**
 * What some AWS managed policies allow on Amazon S3, IAM and AWS STS. Statements about other services are left out, because no rule asks
 * about them, and so are statements that only read settings of IAM or that pass roles of fixed names.
 *
 * Source: the texts that AWS publishes, each policy in its default version of 7 March 2026. A policy that is not listed is unknown. AWS
 * adds permissions to its policies from time to time, so a rule may miss what a later version allows.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
import type { PlannedPolicy } from "../plan";
import { isUnknown, unknownsIn } from "../unknown";

interface ManagedStatement {
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  /** `*` where absent. */
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Passing any role to one service. */
function passRole(service: string): ManagedStatement {
  return { Action: ["iam:PassRole"], Condition: { StringEquals: { "iam:PassedToService": service } } };
}

/** By the name of the policy. */
const STATEMENTS: Readonly<Record<string, readonly ManagedStatement[]>> = {
  AdministratorAccess: [{ Action: ["*"] }],
  PowerUserAccess: [
    { NotAction: ["iam:*", "organizations:*", "account:*"] },
    { Action: ["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles"] },
  ],
  IAMFullAccess: [{ Action: ["iam:*"] }],
  SystemAdministrator: [{ Action: ["s3:*"] }],
  AmazonS3FullAccess: [{ Action: ["s3:*", "s3-object-lambda:*"] }],
  AmazonS3ReadOnlyAccess: [{ Action: ["s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"] }],
  ReadOnlyAccess: [{ Action: ["iam:Get*", "iam:List*", "s3:DescribeJob", "s3:Get*", "s3:List*"] }],
  ViewOnlyAccess: [{ Action: ["iam:List*", "s3:ListAllMyBuckets", "s3:ListBucket", "s3:ListMultiRegionAccessPoints"] }],
  SecurityAudit: [
    {
      Action: [
        "s3:GetAccelerateConfiguration",
        "s3:GetAnalyticsConfiguration",
        "s3:GetBucket*",
        "s3:GetEncryptionConfiguration",
        "s3:GetInventoryConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetMetricsConfiguration",
        "s3:GetObjectAcl",
        "s3:GetObjectTagging",
        "s3:GetObjectVersionAcl",
        "s3:GetReplicationConfiguration",
        "s3:ListAllMyBuckets",
        "s3:ListBucket",
      ],
    },
  ],
  DatabaseAdministrator: [
    {
      Action: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject*",
        "s3:Get*",
        "s3:List*",
        "s3:PutBucketTagging",
        "s3:PutBucketVersioning",
        "s3:PutBucketWebsite",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
        "s3:PutObject*",
        "s3:Replicate*",
        "s3:RestoreObject",
      ],
    },
  ],
  DataScientist: [
    {
      Action: [
        "s3:Abort*",
        "s3:DeleteObject",
        "s3:Get*",
        "s3:List*",
        "s3:PutBucketLogging",
        "s3:PutBucketNotification",
        "s3:PutBucketTagging",
        "s3:PutObject",
        "s3:Replicate*",
        "s3:RestoreObject",
      ],
    },
    passRole("sagemaker.amazonaws.com"),
  ],
  NetworkAdministrator: [{ Action: ["s3:GetBucketLocation", "s3:GetBucketWebsite", "s3:ListBucket"] }],
  AmazonEC2RoleforSSM: [{ Action: ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListBucket"] }],
  AWSLambdaExecute: [{ Action: ["s3:GetObject", "s3:PutObject"] }],
  AmazonElasticMapReduceRole: [{ Action: ["iam:PassRole", "s3:CreateBucket", "s3:Get*", "s3:List*"] }],
  AmazonElasticMapReduceforEC2Role: [{ Action: ["s3:*"] }],
  AWSBackupServiceRolePolicyForS3Backup: [
    { Action: ["s3:GetBucketAcl", "s3:ListBucket", "s3:ListBucketVersions", "s3:PutBucketNotification", "s3:PutInventoryConfiguration"] },
    { Action: ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionAcl"] },
  ],
  AWSLakeFormationDataAdmin: [{ Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListAllMyBuckets", "s3:GetBucketAcl"] }],
  AmazonAthenaFullAccess: [
    { Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], Resource: ["arn:*:s3:::aws-athena-query-results-*"] },
    { Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListAllMyBuckets"] },
  ],
  AWSDataSyncFullAccess: [
    { Action: ["s3:GetBucketLocation", "s3:ListAllMyBuckets", "s3:ListBucket", "s3:ListBucketVersions"] },
    passRole("datasync.amazonaws.com"),
  ],
  AWSLambda_FullAccess: [passRole("lambda.amazonaws.com")],
  AWSCloudTrail_FullAccess: [
    { Action: ["s3:ListAllMyBuckets", "s3:GetBucketLocation", "s3:GetBucketPolicy"] },
    { Action: ["s3:CreateBucket", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"], Resource: ["arn:*:s3:::aws-cloudtrail-logs*"] },
    passRole("cloudtrail.amazonaws.com"),
  ],
};

/** Policies that allow nothing on Amazon S3, and in IAM nothing but reading settings and creating service-linked roles. */
const WITHOUT_STATEMENTS: readonly string[] = [
  "AmazonDynamoDBReadOnlyAccess",
  "AmazonEC2ReadOnlyAccess",
  "AmazonGuardDutyReadOnlyAccess",
  "AmazonInspector2ReadOnlyAccess",
  "AmazonSNSFullAccess",
  "AmazonSQSFullAccess",
  "AmazonSSMManagedInstanceCore",
  "AWSBillingReadOnlyAccess",
  "AWSLambda_ReadOnlyAccess",
  "AWSLambdaBasicExecutionRole",
  "AWSLambdaVPCAccessExecutionRole",
  "AWSOrganizationsReadOnlyAccess",
  "AWSSecurityHubReadOnlyAccess",
  "AWSSupportAccess",
  "AWSTransferLoggingAccess",
  "AWSXRayDaemonWriteAccess",
  "Billing",
  "CloudWatchAgentServerPolicy",
  "CloudWatchFullAccess",
  "CloudWatchReadOnlyAccess",
  "ComputeOptimizerReadOnlyAccess",
  "IAMReadOnlyAccess",
];

/** An action that AWS permits to every caller, because a document needs at least one statement. */
const NOTHING: readonly ManagedStatement[] = [{ Action: ["sts:GetCallerIdentity"] }];

/** The document of an AWS managed policy, as far as this file contains it; otherwise undefined. */
function awsManagedDocument(name: string): object | undefined {
  const listed = Object.hasOwn(STATEMENTS, name) ? STATEMENTS[name] : WITHOUT_STATEMENTS.includes(name) ? NOTHING : undefined;
  if (listed === undefined) return undefined;
  return { Version: "2012-10-17", Statement: listed.map((statement) => ({ Effect: "Allow", Resource: ["*"], ...statement })) };
}

const AWS_MANAGED = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;
const withTexts = new WeakMap<PlannedPolicy, PlannedPolicy>();

/** The policy; for an AWS managed policy that is listed, with its text. */
export function withAwsText(policy: PlannedPolicy): PlannedPolicy {
  if (!isUnknown(policy.document)) return policy;
  const name = unknownsIn(policy.document).flatMap((source) => AWS_MANAGED.exec(source)?.[1] ?? [])[0];
  if (name === undefined) return policy;
  let found = withTexts.get(policy);
  if (found === undefined) {
    const document = awsManagedDocument(name);
    found = document === undefined ? policy : { ...policy, document };
    withTexts.set(policy, found);
  }
  return found;
}
