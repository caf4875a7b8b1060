/**
 * What the AWS provider does for each resource type that the library writes, by SDK calls.
 *
 * Each type lists the arguments that it knows, so that an argument nobody handles fails a test and is not dropped in silence.
 */
import { randomUUID } from "node:crypto";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type ServerSideEncryptionRule,
  type TransitionStorageClass,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Clients } from "./clients";

export type Attributes = Record<string, unknown>;

export interface Place extends Clients {
  readonly region: string;
}

export interface ResourceType {
  /** Arguments beside those that every resource has. */
  readonly known: readonly string[];
  /** Defines the resource; returns the attributes that others may refer to, beside its arguments. */
  create(args: Attributes, place: Place): Promise<Attributes>;
  destroy?(attributes: Attributes, place: Place): Promise<void>;
}

/** A block may be written as an object or as a list of objects. */
function blocks(value: unknown): Attributes[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as Attributes[];
}

const text = (value: unknown) => value as string;
const flag = (value: unknown) => value as boolean | undefined;
const number = (value: unknown) => value as number | undefined;

const bucket: ResourceType = {
  known: ["bucket", "bucket_prefix", "force_destroy", "tags", "object_lock_enabled"],
  async create(args, { s3, region }) {
    const name = text(args.bucket ?? `${text(args.bucket_prefix ?? "terraform-")}${randomUUID().slice(0, 12)}`);
    const location = region as BucketLocationConstraint;
    await s3.send(
      new CreateBucketCommand({
        Bucket: name,
        ObjectLockEnabledForBucket: flag(args.object_lock_enabled),
        CreateBucketConfiguration: region === "us-east-1" ? undefined : { LocationConstraint: location },
      }),
    );
    const tags = Object.entries((args.tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
    if (tags.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: tags } }));
    return {
      id: name,
      bucket: name,
      arn: `arn:aws:s3:::${name}`,
      region,
      bucket_region: region,
      bucket_domain_name: `${name}.s3.amazonaws.com`,
      bucket_regional_domain_name: `${name}.s3.${region}.amazonaws.com`,
    };
  },
  async destroy({ bucket: name }, { s3 }) {
    await emptyBucket(s3, text(name));
    await s3.send(new DeleteBucketCommand({ Bucket: text(name) }));
  },
};

/** Removes every object, version and delete marker. */
export async function emptyBucket(s3: S3Client, name: string): Promise<void> {
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: name }));
    const objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (objects.length === 0) return;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: name, Delete: { Objects: objects } }));
    if (Errors.length > 0) throw new Error(`the bucket ${name} cannot be emptied: ${JSON.stringify(Errors)}`);
  }
}

/** Empties every bucket that a stack has made. */
export async function emptyBuckets(attributes: ReadonlyMap<string, Attributes>, s3: S3Client): Promise<void> {
  for (const [address, { bucket: name }] of attributes) {
    if (address.startsWith("aws_s3_bucket.")) await emptyBucket(s3, text(name));
  }
}

const bucketPolicy: ResourceType = {
  known: ["bucket", "policy"],
  async create(args, { s3 }) {
    await s3.send(new PutBucketPolicyCommand({ Bucket: text(args.bucket), Policy: text(args.policy) }));
    return { id: args.bucket };
  },
  async destroy(args, { s3 }) {
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: text(args.bucket) }));
  },
};

const publicAccessBlock: ResourceType = {
  known: ["bucket", "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets", "skip_destroy"],
  async create(args, { s3 }) {
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket: text(args.bucket),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: flag(args.block_public_acls) ?? false,
          BlockPublicPolicy: flag(args.block_public_policy) ?? false,
          IgnorePublicAcls: flag(args.ignore_public_acls) ?? false,
          RestrictPublicBuckets: flag(args.restrict_public_buckets) ?? false,
        },
      }),
    );
    return { id: args.bucket };
  },
  async destroy(args, { s3 }) {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: text(args.bucket) }));
  },
};

const encryption: ResourceType = {
  known: ["bucket", "rule"],
  async create(args, { s3 }) {
    const rules = blocks(args.rule).map((rule): ServerSideEncryptionRule => {
      const [byDefault] = blocks(rule.apply_server_side_encryption_by_default);
      const blocked = rule.blocked_encryption_types as ("NONE" | "SSE-C")[] | undefined;
      return {
        BucketKeyEnabled: flag(rule.bucket_key_enabled),
        ...(byDefault && {
          ApplyServerSideEncryptionByDefault: {
            SSEAlgorithm: byDefault.sse_algorithm as "AES256" | "aws:kms",
            KMSMasterKeyID: byDefault.kms_master_key_id as string | undefined,
          },
        }),
        ...(blocked && { BlockedEncryptionTypes: { EncryptionType: blocked } }),
      };
    });
    const configuration = { Rules: rules };
    await s3.send(new PutBucketEncryptionCommand({ Bucket: text(args.bucket), ServerSideEncryptionConfiguration: configuration }));
    return { id: args.bucket };
  },
  async destroy(args, { s3 }) {
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket: text(args.bucket) }));
  },
};

const versioning: ResourceType = {
  known: ["bucket", "versioning_configuration", "mfa"],
  async create(args, { s3 }) {
    const [configuration] = blocks(args.versioning_configuration);
    // "Disabled" is the provider's word for a bucket that never had versioning: it makes no call.
    if (configuration?.status !== "Disabled") {
      const status = configuration?.status as "Enabled" | "Suspended";
      await s3.send(new PutBucketVersioningCommand({ Bucket: text(args.bucket), VersioningConfiguration: { Status: status } }));
    }
    return { id: args.bucket };
  },
};

const ownershipControls: ResourceType = {
  known: ["bucket", "rule"],
  async create(args, { s3 }) {
    const rules = blocks(args.rule).map((rule) => ({ ObjectOwnership: rule.object_ownership as "BucketOwnerEnforced" }));
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: text(args.bucket), OwnershipControls: { Rules: rules } }));
    return { id: args.bucket };
  },
  async destroy(args, { s3 }) {
    await s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket: text(args.bucket) }));
  },
};

const lifecycle: ResourceType = {
  known: ["bucket", "rule", "transition_default_minimum_object_size"],
  async create(args, { s3 }) {
    const configuration = { Rules: blocks(args.rule).map(lifecycleRule) };
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: text(args.bucket), LifecycleConfiguration: configuration }));
    return { id: args.bucket };
  },
  async destroy(args, { s3 }) {
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket: text(args.bucket) }));
  },
};

function lifecycleRule(rule: Attributes): LifecycleRule {
  onlyKnown("lifecycle rule", rule, [
    "id",
    "status",
    "filter",
    "abort_incomplete_multipart_upload",
    "expiration",
    "noncurrent_version_expiration",
    "transition",
  ]);
  const [filter] = blocks(rule.filter);
  const [abort] = blocks(rule.abort_incomplete_multipart_upload);
  const [expiration] = blocks(rule.expiration);
  const [noncurrent] = blocks(rule.noncurrent_version_expiration);
  const transitions = blocks(rule.transition);
  return {
    ID: text(rule.id),
    Status: rule.status as "Enabled" | "Disabled",
    Filter: { Prefix: text(filter?.prefix ?? "") },
    ...(abort && { AbortIncompleteMultipartUpload: { DaysAfterInitiation: number(abort.days_after_initiation) } }),
    ...(expiration && { Expiration: { Days: number(expiration.days) } }),
    ...(noncurrent && { NoncurrentVersionExpiration: { NoncurrentDays: number(noncurrent.noncurrent_days) } }),
    ...(transitions.length > 0 && {
      Transitions: transitions.map((one) => ({ Days: number(one.days), StorageClass: one.storage_class as TransitionStorageClass })),
    }),
  };
}

const role: ResourceType = {
  known: [
    "name",
    "name_prefix",
    "path",
    "assume_role_policy",
    "description",
    "force_detach_policies",
    "max_session_duration",
    "permissions_boundary",
    "tags",
  ],
  async create(args, { iam }) {
    const name = text(args.name ?? `${text(args.name_prefix ?? "terraform-")}${randomUUID().slice(0, 12)}`);
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        Path: text(args.path ?? "/"),
        AssumeRolePolicyDocument: text(args.assume_role_policy),
        Description: args.description as string | undefined,
        MaxSessionDuration: number(args.max_session_duration),
        PermissionsBoundary: args.permissions_boundary as string | undefined,
        Tags: Object.entries((args.tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return { id: name, name, arn: Role!.Arn, unique_id: Role!.RoleId, create_date: Role!.CreateDate?.toISOString() };
  },
  async destroy({ name }, { iam }) {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: text(name) }));
    for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName: text(name), PolicyName }));
    await iam.send(new DeleteRoleCommand({ RoleName: text(name) }));
  },
};

const rolePolicy: ResourceType = {
  known: ["name", "role", "policy"],
  async create(args, { iam }) {
    const name = text(args.name ?? `terraform-${randomUUID().slice(0, 12)}`);
    await iam.send(new GetRoleCommand({ RoleName: text(args.role) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: text(args.role), PolicyName: name, PolicyDocument: text(args.policy) }));
    return { id: `${text(args.role)}:${name}`, name };
  },
  async destroy(args, { iam }) {
    await iam.send(new DeleteRolePolicyCommand({ RoleName: text(args.role), PolicyName: text(args.name) }));
  },
};

const callerIdentity: ResourceType = {
  known: [],
  async create(_args, { sts }) {
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    return { id: Account, account_id: Account, arn: Arn, user_id: UserId };
  },
};

const region: ResourceType = {
  known: [],
  create: async (_args, { region: name }) => ({ id: name, name, region: name }),
};

const partition: ResourceType = {
  known: [],
  create: async () => ({ id: "aws", partition: "aws", dns_suffix: "amazonaws.com", reverse_dns_prefix: "com.amazonaws" }),
};

/** By Terraform's name; data sources with their prefix. `terraform_data` is not here: the hook runs under Terraform itself. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  aws_s3_bucket: bucket,
  aws_s3_bucket_policy: bucketPolicy,
  aws_s3_bucket_public_access_block: publicAccessBlock,
  aws_s3_bucket_server_side_encryption_configuration: encryption,
  aws_s3_bucket_versioning: versioning,
  aws_s3_bucket_ownership_controls: ownershipControls,
  aws_s3_bucket_lifecycle_configuration: lifecycle,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  "data.aws_caller_identity": callerIdentity,
  "data.aws_region": region,
  "data.aws_partition": partition,
};

/** Arguments of every resource: `region` chooses the client, the others are Terraform's own. */
export const COMMON_ARGUMENTS: readonly string[] = ["//", "depends_on", "lifecycle", "provider", "region"];

export function onlyKnown(what: string, given: Attributes, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name) && given[name] !== null);
  if (unknown.length > 0) throw new Error(`${what}: this test double does not know ${unknown.join(", ")}`);
}
