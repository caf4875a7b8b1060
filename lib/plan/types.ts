/**
 * The buckets, roles and delivery contracts that a plan describes.
 *
 * Every text may hold placeholders for values that are unknown before `apply` (see `../unknown`).
 */
import type { PolicyLocation } from "../evaluate";

/** One file to read. */
export interface PlanFile {
  /** Path as the user gave it; used in locations. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The value of a setting; `undefined` where the plan does not set it, a placeholder where it is unknown. */
export type Setting = string | undefined;

/** A policy in the plan. */
export interface PlannedPolicy {
  /** The parsed document; a placeholder where the whole document is unknown. */
  readonly document: unknown;
  /** The text, where the plan holds the policy as text. Its size counts against the quotas of AWS. */
  readonly text?: string;
  readonly name?: string;
  /** Whether the policy may belong to another bucket or role. */
  readonly isUncertain?: true;
  readonly location: PolicyLocation;
}

/** An argument that `lifecycle.ignore_changes` names. */
export interface IgnoredChange {
  /** Address of the resource. */
  readonly address: string;
  readonly argument: string;
  readonly location: PolicyLocation;
}

/** An argument that AWS refuses, so that `terraform apply` fails. */
export interface RefusedArgument {
  /** Address of the resource. */
  readonly address: string;
  /** With the blocks around it: `versioning_configuration.status`. */
  readonly argument: string;
  /** Begins with `must`. */
  readonly rule: string;
  readonly got: unknown;
  readonly location: PolicyLocation;
}

/** Resources that undo each other's changes. */
export interface Rivals {
  readonly addresses: readonly string[];
  readonly location: PolicyLocation;
}

/** An item that may not exist, because of `count` or `for_each`. */
interface Possible {
  /** Whether it may not exist. */
  readonly isUncertain?: true;
}

export interface PlannedBucket extends Possible {
  /** Name of the stack, plan or state that it is in. */
  readonly part?: string;
  /** Whether the plan does not define the bucket, and only names it in a policy. */
  readonly isReferenced?: true;
  /** Address of the `aws_s3_bucket`, module path and index included. */
  readonly address: string;
  readonly location: PolicyLocation;
  readonly name: string;
  readonly arn: string;
  readonly region: Setting;
  /** 12 digits where the provider configuration tells the account, else a placeholder. */
  readonly account?: Setting;
  /** `true` or `false` each. All are undefined where no resource sets them. */
  readonly blockPublicAccess: {
    readonly blockPublicAcls: Setting;
    readonly ignorePublicAcls: Setting;
    readonly blockPublicPolicy: Setting;
    readonly restrictPublicBuckets: Setting;
  };
  /** `AES256`, `aws:kms`, `aws:kms:dsse`. */
  readonly encryption: Setting;
  readonly kmsKeyId: Setting;
  /** `true` or `false`. */
  readonly bucketKeyEnabled: Setting;
  /** `Enabled`, `Suspended`, `Disabled`. */
  readonly versioning: Setting;
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`. */
  readonly objectOwnership: Setting;
  /** `true` or `false`. */
  readonly objectLock: Setting;
  /** A canned ACL; `foreign` for a grant to another account, `custom` for grants that no canned ACL has. */
  readonly acl: Setting;
  /** The tags that AWS compares in conditions, with keys in lower case: none without ABAC. Undefined where some are not known. */
  readonly accessTags?: Readonly<Record<string, string>>;
  /** `BucketOwner`, `Requester`. */
  readonly requestPayer?: Setting;
  /** Resources of one type that configure the same setting: the last write wins. `policies` holds all bucket policies. */
  readonly rivals?: readonly Rivals[];
  /** Of the bucket and of the resources that configure it. */
  readonly ignored?: readonly IgnoredChange[];
  /** Of the bucket and of the resources that configure it. */
  readonly refused?: readonly RefusedArgument[];
  /** Every bucket policy in the plan for this bucket. More than one is a finding: the last write wins. */
  readonly policies: readonly PlannedPolicy[];
  /** Where each setting was found, by the name of its property. */
  readonly locations: Readonly<Record<string, PolicyLocation>>;
}

export interface PlannedRole extends Possible {
  /** Name of the stack, plan or state that it is in. */
  readonly part?: string;
  readonly address: string;
  readonly location: PolicyLocation;
  readonly name: string;
  /** `/` where none is set. */
  readonly path: string;
  readonly arn: string;
  /** 12 digits where the ARN or the provider configuration tells the account, else a placeholder. */
  readonly account?: Setting;
  readonly trustPolicy: PlannedPolicy;
  readonly inlinePolicies: readonly PlannedPolicy[];
  /** Attached managed policies. The document is a placeholder where the plan does not define the policy. */
  readonly managedPolicies: readonly PlannedPolicy[];
  /** Undefined where none is set. The document is a placeholder where the plan does not define the policy. */
  readonly permissionsBoundary: PlannedPolicy | undefined;
  /** `AROA…`, or a placeholder. Undefined where the model was not read from Terraform. */
  readonly uniqueId?: string;
  /** With keys in lower case; undefined where some are not known. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Resources that remove each other's policies. */
  readonly rivals?: readonly Rivals[];
  /** Of the role and its policies. */
  readonly ignored?: readonly IgnoredChange[];
  /** Of the role, its policies and their attachments. */
  readonly refused?: readonly RefusedArgument[];
}

/** A KMS key that the plan defines or reads. */
export interface PlannedKey {
  readonly address: string;
  readonly location: PolicyLocation;
  /** Its ARN and ID, and what else refers to it. Placeholders where they are unknown. */
  readonly names: readonly string[];
  /** 12 digits where the provider configuration tells the account, else a placeholder. */
  readonly account: string;
  /** Undefined where the key has the default policy of AWS, unless another resource sets one. */
  readonly policy?: PlannedPolicy;
  /** Why S3 cannot use the key. */
  readonly unusable?: string;
}

/** A grant of a KMS key, which allows the grantee the operations whatever its own policies say. */
export interface PlannedKeyGrant {
  /** What names the key. */
  readonly key: string;
  /** ARN of the principal. */
  readonly grantee: string;
  /** For example `GenerateDataKey`. */
  readonly operations: readonly string[];
  /** Encryption contexts that a request must have; placeholders where they are unknown. */
  readonly encryptionContexts: readonly unknown[];
  readonly location: PolicyLocation;
}

/** KMS keys, and what the plan sets on keys. */
export interface PlannedKeys {
  readonly keys: readonly PlannedKey[];
  /** Policies that a resource of their own sets. */
  readonly policies: readonly { readonly key: string; readonly policy: PlannedPolicy }[];
  /** Aliases with their names and ARNs. */
  readonly aliases: readonly { readonly names: readonly string[]; readonly key: string }[];
  readonly grants: readonly PlannedKeyGrant[];
}

/** A delivery contract from the `input` of a `terraform_data`. `../contract` checks its content. */
export interface PlannedContract {
  readonly contract: unknown;
  /** Name of the stack, plan or state that it is in. */
  readonly part?: string;
  readonly location: PolicyLocation;
}

/** A resource through which data of a bucket or names of its objects go somewhere, or through which another tool changes the bucket. */
export interface PlannedDataFlow extends Possible {
  /**
   * - `copy`: objects are copied to a recipient.
   * - `report`: names of objects are sent to a recipient.
   * - `distribution`: a service hands out objects to its viewers.
   * - `grant`: a service lets the recipients read or write.
   * - `policy`: a policy lets the recipients read or write, as far as its statements say.
   * - `tool`: another tool writes policies or settings.
   * - `code`, `possibleCode`: somebody certainly, or possibly, runs or trusts an object with rights of their own.
   */
  readonly kind: "copy" | "report" | "distribution" | "grant" | "policy" | "tool" | "code" | "possibleCode";
  /** For people: `a replication rule`. */
  readonly means: string;
  /** Texts that name the bucket: its name, ARN, URL, or a text that contains one of them. Placeholders if that is unknown. */
  readonly source: string;
  /** Account IDs, ARNs or names of buckets; `*` for everybody. */
  readonly recipients: readonly string[];
  /** Of `policy`. */
  readonly policy?: PlannedPolicy;
  /** Of `code` and `possibleCode`: the key of the object. Ends in `/` for a folder, and is empty for the whole bucket. */
  readonly key?: string;
  readonly address: string;
  readonly location: PolicyLocation;
}

/** What a resource of another service gives a principal: by a policy, or by an argument that names the principal. */
export interface PlannedServiceGrant extends Possible {
  /** For example `aws_sqs_queue_policy`. */
  readonly type: string;
  /** The argument that holds the policy or names the principal; undefined where several arguments together say what the resource allows. */
  readonly argument?: string;
  /** Its statements may lack what other policies must have: some services want no `Resource`. */
  readonly policy: PlannedPolicy;
  readonly address: string;
  readonly location: PolicyLocation;
}

/** A service or resource control policy, with the targets that the plan attaches it to. */
export interface PlannedOrganizationPolicy extends Possible {
  readonly type: "serviceControl" | "resourceControl";
  readonly policy: PlannedPolicy;
  /** Account IDs, or IDs of roots and organizational units; placeholders where they are unknown. */
  readonly targets: readonly string[];
  readonly address: string;
  /** For a policy that is given separately: its level, where 0 is the root. Without targets it applies to every account of the input. */
  readonly level?: number;
}

/** Organizations that the user names or the input shows, by their IDs (`o-…`). */
export interface KnownOrganizations {
  /** Of the customer's accounts. */
  readonly own?: string;
  /** Of the vendor's accounts. */
  readonly vendor?: string;
  /** The account that manages the customer's organization, which its policies do not limit. */
  readonly management?: string;
}

/** Something that the reader could not resolve, or a contradiction in the plan. */
export interface PlanProblem {
  /** Stable ID, kebab-case: `unresolved-reference`, `two-bucket-policies`, `unsupported-resource`, … */
  readonly id: string;
  readonly message: string;
  readonly location: PolicyLocation;
}
