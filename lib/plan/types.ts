/**
 * The account that a plan describes, as far as deliveries go: its buckets, its roles, and the delivery contracts that travel with it.
 *
 * Every text may hold placeholders for what is not known yet (see `../evaluate/unknown.ts`).
 */
import type { PolicyLocation } from "../evaluate";

/** One file to read. */
export interface PlanFile {
  /** Path as the user knows it; used in locations. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A setting: its value, `undefined` where the plan does not set it, or a placeholder text where it is not known yet. */
export type Setting = string | undefined;

/** A policy as it stands in the plan. */
export interface PlannedPolicy {
  /** The parsed document; a placeholder text where the whole document is not known. */
  readonly document: unknown;
  /** The text as it stands, where the plan holds it as text; sizes are counted on it. */
  readonly text?: string;
  readonly name?: string;
  /** Nobody can tell whether it is a policy of this bucket or role at all. */
  readonly perhaps?: true;
  readonly location: PolicyLocation;
}

/** An argument whose changes Terraform ignores, by `lifecycle.ignore_changes`. */
export interface IgnoredChange {
  /** Address of the resource. */
  readonly address: string;
  readonly argument: string;
  readonly location: PolicyLocation;
}

export interface PlannedBucket {
  /** Address of the `aws_s3_bucket`, module path and index included. */
  readonly address: string;
  readonly location: PolicyLocation;
  readonly name: string;
  readonly arn: string;
  readonly region: Setting;
  /** 12 digits where the provider tells the account. */
  readonly account?: Setting;
  /** `true`, `false`; key is the name of the setting as in `BlockPublicAccess`. All undefined where no resource sets them. */
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
  /** A canned ACL; `custom` for grants that none of them makes, `foreign` where one of these names another account. */
  readonly acl: Setting;
  /** `BucketOwner`, `Requester`. */
  readonly requestPayer?: Setting;
  /** Resources of one sort that set the same thing of this bucket: the last one written wins. Bucket policies are in `policies`. */
  readonly rivals?: readonly { readonly addresses: readonly string[]; readonly location: PolicyLocation }[];
  /** Of the bucket and its parts. */
  readonly ignored?: readonly IgnoredChange[];
  /** Every bucket policy in the plan for this bucket. More than one is a finding: the last one written wins. */
  readonly policies: readonly PlannedPolicy[];
  /** Where each posture setting was found, by the name of the property above. */
  readonly locations: Readonly<Record<string, PolicyLocation>>;
}

export interface PlannedRole {
  readonly address: string;
  readonly location: PolicyLocation;
  readonly name: string;
  /** `/` where none is set. */
  readonly path: string;
  readonly arn: string;
  readonly trustPolicy: PlannedPolicy;
  readonly inlinePolicies: readonly PlannedPolicy[];
  /** Managed policies that are attached: the document where the plan defines it, else a placeholder document. */
  readonly managedPolicies: readonly PlannedPolicy[];
  /** The boundary's document where the plan defines it, a placeholder where it only names it, undefined where none is set. */
  readonly permissionsBoundary: PlannedPolicy | undefined;
  /** Of the role and its policies. */
  readonly ignored?: readonly IgnoredChange[];
}

/** A delivery contract found in the plan (`input` of a `terraform_data`). Its content is checked by `../contract`. */
export interface PlannedContract {
  readonly contract: unknown;
  readonly location: PolicyLocation;
}

/** Something that the reader could not resolve or that contradicts itself. */
export interface PlanProblem {
  /** Stable id, kebab-case: `unresolved-reference`, `two-bucket-policies`, `unsupported-resource`, … */
  readonly id: string;
  readonly message: string;
  readonly location: PolicyLocation;
}

/** What one stack, module tree, plan or state describes. References never cross from one model to another. */
export interface AccountModel {
  /** For people: the stack's name or the file's path. */
  readonly name: string;
  /** `live` was read from the account itself. */
  readonly source: "cdk.tf.json" | "tf.json" | "plan" | "state" | "live";
  readonly buckets: readonly PlannedBucket[];
  readonly roles: readonly PlannedRole[];
  readonly contracts: readonly PlannedContract[];
  readonly problems: readonly PlanProblem[];
}
