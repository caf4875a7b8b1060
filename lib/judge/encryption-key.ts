/** The KMS key that a bucket encrypts with, as far as the plan shows it. */
import { accountOf, type Callers, OWN_ACCOUNT } from "../contract";
import { dnsSuffixOf, type PlannedBucket, type PlannedKeyGrant, type PlannedKeys, type PlannedPolicy, type PlannedRole } from "../plan";
import { hasUnknown, isUnknown, showUnknown, unknownText } from "../unknown";
import { keyIndexOf } from "./key-index";
import { AWS_DEFAULTS } from "./settings";

export interface EncryptionKey {
  /** ARN, or a placeholder. */
  readonly arn: string;
  /** 12 digits, or a placeholder. */
  readonly account: string;
  /** The last policy that is written takes effect. Each has a statement for each grant. */
  readonly policies: readonly PlannedPolicy[];
  /** The same without the grants. */
  readonly ownPolicies: readonly PlannedPolicy[];
  readonly grants: readonly PlannedKeyGrant[];
  /** Whether the input contains its policy. */
  readonly isKnown: boolean;
  /** Whether the policies are written in the input, so that a result can point to them. */
  readonly isWritten: boolean;
  /** Whether it is the key `aws/s3`, whose policy nobody can change. */
  readonly isAwsManaged: boolean;
  /** Whether the bucket names an alias without its account, which S3 looks up in the account of the caller. */
  readonly isLookedUpByCaller: boolean;
  /** Why S3 cannot use it. */
  readonly unusable?: string;
}

/**
 * The actions by which AWS lets somebody use a key, as its default policy for users of a key lists them. None of them changes the key or
 * lets somebody else in, so whoever may use a key may do all of this.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-users-crypto
 */
export const KEY_USE: readonly string[] = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** What `encryptionKeyOf` needs to know of the estate. */
export interface KeyOwner {
  readonly bucket: PlannedBucket;
  readonly role: PlannedRole | undefined;
  readonly callers: Callers;
  readonly kms: PlannedKeys | undefined;
}

/** The setting of the bucket: `AES256`, `aws:kms`, `aws:kms:dsse` or a placeholder. */
export function encryptionOf({ encryption }: PlannedBucket): string {
  return encryption ?? AWS_DEFAULTS.encryption;
}

/** Whether requests to objects of the bucket need the right to use a KMS key, as far as the plan shows. */
export function mayUseKey(bucket: PlannedBucket): boolean {
  const encryption = encryptionOf(bucket);
  return encryption.startsWith("aws:kms") || hasUnknown(encryption);
}

/** The key of a bucket that encrypts with KMS. */
export function encryptionKeyOf(owner: KeyOwner): EncryptionKey {
  const { bucket } = owner;
  const index = keyIndexOf(owner.kms);
  const named = bucket.kmsKeyId ?? AWS_MANAGED;
  const defined = index.defining(named);
  const names = index.namesOf(named);
  if (names.some(isAwsManaged)) return awsManagedKey(owner);
  const arn = names.find((name) => name.startsWith("arn:")) ?? names[0]!;
  const account = accountOfKey(arn, defined[0]?.account, owner);
  const written = [...defined.flatMap(({ policy = [] }) => policy), ...index.policiesOf(names)];
  const told = written.length > 0 ? written : [defined.length > 0 ? defaultPolicy(account, bucket) : unknownPolicy(named, bucket)];
  const policies = [...told, ...index.unresolved.policies.map((policy) => maybeOf(policy, bucket))];
  const grants = [...index.grantsOf(names), ...index.unresolved.grants.map((grant) => ({ ...grant, encryptionContexts: [UNRESOLVED] }))];
  const unusable = defined.find((key) => key.unusable !== undefined)?.unusable;
  return {
    arn,
    account,
    policies: grants.length === 0 ? policies : policies.map((policy) => withGrants(policy, grants)),
    ownPolicies: policies,
    grants,
    isKnown: written.length > 0 || defined.length > 0,
    isWritten: written.length > 0,
    isAwsManaged: false,
    isLookedUpByCaller: named.startsWith("alias/"),
    ...(unusable !== undefined && { unusable }),
  };
}

const AWS_MANAGED = "alias/aws/s3";

function isAwsManaged(name: string): boolean {
  return name === AWS_MANAGED || name.endsWith(`:${AWS_MANAGED}`);
}

const UNRESOLVED = unknownText("whether the grant is of this key");

/** A policy that may belong to this key or to another one. */
function maybeOf(policy: PlannedPolicy, bucket: PlannedBucket): PlannedPolicy {
  return { document: unknownText(`whether a policy is of the KMS key of ${bucket.name}`), location: policy.location };
}

function accountOfKey(arn: string, account: string | undefined, { bucket, role, callers }: KeyOwner): string {
  const told = accountOf(arn) ?? (account === undefined ? undefined : accountOf(account));
  const isOwnUnknown = callers.ownerOf(false) === OWN_ACCOUNT;
  if (told !== undefined) return isOwnUnknown && told !== OWN_ACCOUNT ? unknownText("whether the KMS key is in your account") : told;
  if (account !== undefined && account === bucket.account) return callers.ownerOf(false, "vendor");
  if (account !== undefined && account === role?.account) return callers.ownerOf(true);
  return unknownText("the account of the KMS key");
}

/**
 * The policy that AWS gives a key: the identity policies of the account decide.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function defaultPolicy(account: string, { location }: PlannedBucket): PlannedPolicy {
  const statement = { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: account }, Action: "kms:*", Resource: "*" };
  return { document: { Version: "2012-10-17", Statement: [statement] }, name: "default key", location };
}

function unknownPolicy(named: string, { location, locations }: PlannedBucket): PlannedPolicy {
  const name = isUnknown(named) ? showUnknown(named) : named;
  return { document: unknownText(`the policy of the KMS key ${name}`), location: locations.kmsKeyId ?? location };
}

/**
 * Every principal of the account may use the key through Amazon S3.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
function awsManagedKey({ bucket, callers }: KeyOwner): EncryptionKey {
  const account = callers.ownerOf(false, "vendor");
  const partition = bucket.arn.split(":")[1] ?? "aws";
  const statement = {
    Sid: "Allow access through S3 for all principals in the account",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: KEY_USE,
    Resource: "*",
    Condition: { StringEquals: { "kms:CallerAccount": account } },
  };
  const region = bucket.region ?? unknownText("region");
  const document = { Version: "2012-10-17", Statement: [statement] };
  const policies = [{ document, name: "aws/s3 key", location: bucket.location }];
  return {
    arn: `arn:${partition}:kms:${region}:${account}:key/${unknownText("the ID of the key aws/s3", "name")}`,
    account,
    policies,
    ownPolicies: policies,
    grants: [],
    isKnown: true,
    isWritten: false,
    isAwsManaged: true,
    isLookedUpByCaller: false,
  };
}

/** The policy with a statement for each grant. A grant allows its operations unless the key policy denies them. */
export function withGrants(policy: PlannedPolicy, grants: readonly PlannedKeyGrant[]): PlannedPolicy {
  const { document } = policy;
  if (typeof document !== "object" || document === null) return policy;
  const { Statement: statements = [] } = document as { readonly Statement?: unknown };
  const added = grants.flatMap(statementsOf);
  return { ...policy, text: undefined, document: { ...document, Statement: [...[statements].flat(), ...added] } };
}

function statementsOf({ grantee, operations, encryptionContexts }: PlannedKeyGrant): object[] {
  const isClear = encryptionContexts.every((context) => typeof context === "object");
  const conditions = encryptionContexts.flatMap((context) =>
    Object.entries((isClear && context) || {}).map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const),
  );
  const condition = isClear ? Object.fromEntries(conditions) : { "kms:EncryptionContextKeys": unknownText("the constraints of the grant") };
  return operations.map((operation) => ({
    Effect: "Allow",
    Principal: { AWS: grantee },
    Action: hasUnknown(operation) ? operation : `kms:${operation}`,
    Resource: "*",
    ...(Object.keys(condition).length > 0 && { Condition: { StringEquals: condition } }),
  }));
}

/** Two condition keys hold the account of the caller. The prover derives only the global one from the caller. */
export function withPrincipalAccount(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document).replace(/"kms:CallerAccount"(?=:)/gi, '"aws:PrincipalAccount"'));
}

/** The host name with which S3 calls KMS in the Region of the bucket: `s3.eu-west-1.amazonaws.com`. */
export function viaService({ region, arn }: PlannedBucket): string {
  return `s3.${region ?? unknownText("region")}.${dnsSuffixOf(arn.split(":")[1] ?? "aws")}`;
}
