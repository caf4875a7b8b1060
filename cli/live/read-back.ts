/** Reads how the bucket and the role stand in the account, as the same model that the plan reader makes of a plan. */
import type { DeliveryContract } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole, Setting } from "../../lib/plan";
import { unknownText } from "../../lib/unknown";
import { type Aws, type Failure, failureOf, type OperationName, type Operations, rightFor, showFailure } from "../aws";

export interface ReadBack {
  readonly account: AccountModel;
  /** AWS's own verdict on the bucket policy (GetBucketPolicyStatus). */
  readonly policyIsPublic?: boolean;
  /** `BucketOwner` or `Requester`. */
  readonly requestPayer?: string;
  /** Whether versions can only be deleted with a code from a device. */
  readonly mfaDelete: boolean;
  /** What could not be read: the operation, which is the right that is missing, and what AWS said. */
  readonly unread: readonly { readonly operation: OperationName; readonly failure: Failure }[];
}

/** AWS's codes for "nothing of the kind is set". */
const NOT_SET = [
  "NoSuchBucketPolicy",
  "NoSuchPublicAccessBlockConfiguration",
  "ServerSideEncryptionConfigurationNotFoundError",
  "OwnershipControlsNotFoundError",
  "ObjectLockConfigurationNotFoundError",
  "NoSuchEntityException",
  "NoSuchEntity",
];

const NOT_SET_VALUE = Symbol("not set");

export async function readBack(
  aws: Aws,
  contract: DeliveryContract,
  place: { readonly region: string; readonly owner: string | undefined },
  signal: AbortSignal,
): Promise<ReadBack> {
  const unread: { operation: OperationName; failure: Failure }[] = [];

  /** The answer; `NOT_SET_VALUE` where nothing is set; a failure, noted, where it cannot be read. */
  async function read<N extends OperationName>(
    operation: N,
    input: Operations[N][0],
  ): Promise<Operations[N][1] | typeof NOT_SET_VALUE | Failure> {
    try {
      return await aws.call(operation, input, { signal });
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error, operation);
      if (NOT_SET.includes(failure.code)) return NOT_SET_VALUE;
      unread.push({ operation, failure });
      return failure;
    }
  }

  /** A setting out of an answer. */
  function setting<T extends object>(operation: string, answer: T | typeof NOT_SET_VALUE | Failure, pick: (answer: T) => Setting): Setting {
    if (answer === NOT_SET_VALUE) return undefined;
    if (isFailure(answer)) return unknownText(operation);
    return pick(answer as T);
  }

  const target = { Bucket: contract.bucket.name, ...(place.owner ? { ExpectedBucketOwner: place.owner } : {}) };
  const at: PolicyLocation = { file: contract.bucket.arn, address: "live" };
  const [policy, status, block, encryption, versioning, ownership, lock, payment] = await Promise.all([
    read("s3:GetBucketPolicy", target),
    read("s3:GetBucketPolicyStatus", target),
    read("s3:GetPublicAccessBlock", target),
    read("s3:GetBucketEncryption", target),
    read("s3:GetBucketVersioning", target),
    read("s3:GetBucketOwnershipControls", target),
    read("s3:GetObjectLockConfiguration", target),
    read("s3:GetBucketRequestPayment", target),
  ]);
  const bpa = (name: "BlockPublicAcls" | "IgnorePublicAcls" | "BlockPublicPolicy" | "RestrictPublicBuckets") =>
    setting("s3:GetBucketPublicAccessBlock", block, (answer) => String(answer.PublicAccessBlockConfiguration?.[name] ?? false));
  const rule = (pick: (rule: NonNullable<EncryptionRules>[number]) => Setting) =>
    setting("s3:GetEncryptionConfiguration", encryption, (answer) => {
      const first = answer.ServerSideEncryptionConfiguration?.Rules?.[0];
      return first && pick(first);
    });
  const bucket: PlannedBucket = {
    address: contract.bucket.arn,
    location: at,
    name: contract.bucket.name,
    arn: contract.bucket.arn,
    region: place.region,
    blockPublicAccess: {
      blockPublicAcls: bpa("BlockPublicAcls"),
      ignorePublicAcls: bpa("IgnorePublicAcls"),
      blockPublicPolicy: bpa("BlockPublicPolicy"),
      restrictPublicBuckets: bpa("RestrictPublicBuckets"),
    },
    encryption: rule((first) => first.ApplyServerSideEncryptionByDefault?.SSEAlgorithm),
    kmsKeyId: rule((first) => first.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID),
    bucketKeyEnabled: rule((first) => String(first.BucketKeyEnabled ?? false)),
    versioning: setting("s3:GetBucketVersioning", versioning, (answer) => answer.Status ?? "Disabled"),
    // Without the setting, a bucket is from before April 2023, and writers own what they write.
    objectOwnership:
      ownership === NOT_SET_VALUE
        ? "ObjectWriter"
        : setting("s3:GetBucketOwnershipControls", ownership, (answer) => answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership),
    objectLock: setting("s3:GetBucketObjectLockConfiguration", lock, (answer) =>
      String(answer.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled"),
    ),
    acl: undefined,
    policies:
      policy === NOT_SET_VALUE
        ? []
        : [isFailure(policy) ? unreadPolicy("s3:GetBucketPolicy", at) : planned(policy.Policy ?? "", { ...at, address: "bucket policy" })],
    locations: {},
  };
  const role = contract.role ? await readRole(contract.role, read) : undefined;
  const account: AccountModel = {
    name: `live account${place.owner ? ` ${place.owner}` : ""}`,
    source: "live",
    buckets: [bucket],
    roles: role ? [role] : [],
    contracts: [{ contract, location: at }],
    problems: unread.map(({ operation, failure }) => ({
      id: "unreadable",
      message: `${rightFor(operation)} is missing: ${showFailure(failure)}`,
      location: at,
    })),
  };
  return {
    account,
    unread,
    mfaDelete: versioning !== NOT_SET_VALUE && !isFailure(versioning) && versioning.MFADelete === "Enabled",
    ...(status !== NOT_SET_VALUE && !isFailure(status) ? { policyIsPublic: status.PolicyStatus?.IsPublic ?? false } : {}),
    ...(payment !== NOT_SET_VALUE && !isFailure(payment) && payment.Payer ? { requestPayer: payment.Payer } : {}),
  };
}

type EncryptionRules = NonNullable<Operations["s3:GetBucketEncryption"][1]["ServerSideEncryptionConfiguration"]>["Rules"];

type Read = <N extends OperationName>(operation: N, input: Operations[N][0]) => Promise<Operations[N][1] | typeof NOT_SET_VALUE | Failure>;

/** The role as it stands; undefined where there is none. */
async function readRole(role: { readonly name: string; readonly arn: string }, read: Read): Promise<PlannedRole | undefined> {
  const at = (address: string): PolicyLocation => ({ file: role.arn, address });
  const name = { RoleName: role.name };
  const [found, inlineNames, attached] = await Promise.all([
    read("iam:GetRole", name),
    read("iam:ListRolePolicies", { ...name, MaxItems: 1000 }),
    read("iam:ListAttachedRolePolicies", { ...name, MaxItems: 1000 }),
  ]);
  if (found === NOT_SET_VALUE) return undefined;
  const live = isFailure(found) ? undefined : found.Role;
  const inline = isFailure(inlineNames)
    ? [unreadPolicy("iam:ListRolePolicies", at("inline policies"))]
    : await Promise.all(namesOf(inlineNames, "PolicyNames").map((policyName) => readInline(role, policyName, read)));
  const managed = isFailure(attached)
    ? [unreadPolicy("iam:ListAttachedRolePolicies", at("managed policies"))]
    : await Promise.all(
        (attached === NOT_SET_VALUE ? [] : (attached.AttachedPolicies ?? [])).map((policy) => readManaged(policy.PolicyArn!, read)),
      );
  const boundary = live?.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    address: role.arn,
    location: at("live"),
    name: role.name,
    path: live?.Path ?? "/",
    arn: live?.Arn ?? role.arn,
    trustPolicy: live
      ? planned(decodeURIComponent(live.AssumeRolePolicyDocument ?? ""), at("trust policy"))
      : unreadPolicy("iam:GetRole", at("trust policy")),
    inlinePolicies: inline,
    managedPolicies: managed,
    permissionsBoundary: boundary ? await readManaged(boundary, read) : undefined,
  };
}

function namesOf(answer: Operations["iam:ListRolePolicies"][1] | typeof NOT_SET_VALUE, field: "PolicyNames"): readonly string[] {
  return answer === NOT_SET_VALUE ? [] : (answer[field] ?? []);
}

async function readInline(role: { readonly name: string; readonly arn: string }, policyName: string, read: Read): Promise<PlannedPolicy> {
  const location = { file: role.arn, address: `inline policy ${policyName}` };
  const answer = await read("iam:GetRolePolicy", { RoleName: role.name, PolicyName: policyName });
  if (answer === NOT_SET_VALUE || isFailure(answer)) return unreadPolicy("iam:GetRolePolicy", location);
  return { ...planned(decodeURIComponent(answer.PolicyDocument ?? ""), location), name: policyName };
}

async function readManaged(arn: string, read: Read): Promise<PlannedPolicy> {
  const location = { file: arn, address: "managed policy" };
  const policy = await read("iam:GetPolicy", { PolicyArn: arn });
  const versionId = policy === NOT_SET_VALUE || isFailure(policy) ? undefined : policy.Policy?.DefaultVersionId;
  if (versionId === undefined) return { ...unreadPolicy("iam:GetPolicy", location), name: arn };
  const version = await read("iam:GetPolicyVersion", { PolicyArn: arn, VersionId: versionId });
  if (version === NOT_SET_VALUE || isFailure(version)) return { ...unreadPolicy("iam:GetPolicyVersion", location), name: arn };
  return { ...planned(decodeURIComponent(version.PolicyVersion?.Document ?? ""), location), name: arn };
}

function planned(text: string, location: PolicyLocation): PlannedPolicy {
  return { document: parse(text), text, location };
}

function unreadPolicy(operation: OperationName, location: PolicyLocation): PlannedPolicy {
  return { document: unknownText(operation), location };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "kind" in answer && "cause" in answer;
}
