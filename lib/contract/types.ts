/**
 * The delivery contract: what the vendor must be able to do, what nobody else may, and how the bucket must stand.
 *
 * It is plain data, derived from the vendor's profile and the user's props, never from the policies that the constructs write, so
 * that it can judge them. Its terms travel in the `input` of a `terraform_data`; all that is expected follows from them, so that a
 * plan stays short and nobody can strike a single expectation out of it. Texts may be Terraform expressions until Terraform or the
 * plan reader resolves them.
 */
import type { PolicyLocation, StatementReference } from "../evaluate";

/** Version of this format. A reader refuses a version that it does not know. */
export const CONTRACT_SCHEMA_VERSION = 1;

/** The way by which the vendor comes in. */
export type AccessMethod = "assumedRole" | "bucketPolicy" | "webIdentity";

/** Who makes a request. For the door `assumedRole`, `vendor` is the vendor's principal at the role and the role's session at the bucket. */
export type Actor = "vendor" | "vendorWithoutExternalId" | "strangerInVendorAccount" | "strangerAccount" | "anonymous";

export interface Expectation {
  /** Stable, kebab-case, unique within the contract: `vendor-can-put`. */
  readonly id: string;
  /** A sentence: `the vendor can put an object`. */
  readonly title: string;
  readonly actor: Actor;
  /** For example `s3:PutObject`. */
  readonly action: string;
  /** ARN. An object's ends in a sample key. */
  readonly resource: string;
  /** Keys that matter to this expectation; the judge adds those that every request has. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly expected: "allowed" | "denied";
  readonly why: string;
}

/** A setting of the bucket, by its name in `PlannedBucket` (`encryption`, `versioning`, `blockPublicAcls`, `region`, …). */
export interface PostureExpectation {
  /** Stable, kebab-case: `encryption`. */
  readonly id: string;
  readonly title: string;
  readonly property: string;
  /** The values that are right; one suffices. */
  readonly oneOf: readonly string[];
  readonly why: string;
}

/** A finding of scanners that the vendor's own documentation makes unavoidable. */
export interface AcceptedFinding {
  /** Reason code: `R-ver`, `R-kms`, `R-xacct`, `R-acl`, `R-wild`, `R-dot`. */
  readonly code: string;
  readonly reason: string;
  /** The vendor's page that asks for it. */
  readonly source: string;
}

/** When deliveries are due. Undefined figures are not documented. */
export interface Cadence {
  readonly firstDeliveryWithinMinutes?: number;
  readonly everyMinutes?: number;
  /** `05:00` for a daily delivery at about this time, UTC. */
  readonly dailyAtUtc?: string;
  readonly lateByMinutes?: number;
}

/** Actions on the bucket and on its objects. */
export interface PermissionSet {
  readonly bucketActions: readonly string[];
  readonly objectActions: readonly string[];
}

/** The most that the vendor is to be allowed. Actions may hold wildcards. */
export interface GrantedPermissions extends PermissionSet {
  /** ARNs of the objects: `arn:aws:s3:::logs/activity/*`. */
  readonly objects: readonly string[];
}

/** Settings of the bucket by their names in `PlannedBucket`, each with the values that are right. */
export type SettingValues = Readonly<Record<string, readonly string[]>>;

/** Who delivers what where: the part that terms and contract share. */
export interface ContractParties {
  readonly schemaVersion: number;
  /** Path of the construct, or a name that the user gave. */
  readonly id: string;
  readonly vendor: {
    /** Stable, kebab-case: `kandji`. */
    readonly id: string;
    readonly name: string;
    readonly product: string;
    readonly documentation: string;
  };
  readonly door: AccessMethod;
  readonly partition: string;
  readonly bucket: { readonly name: string; readonly arn: string; readonly region?: string };
  /** The role that the vendor assumes, for the doors that have one. */
  readonly role?: { readonly name: string; readonly arn: string };
  /** ARNs of the vendor's principals, or 12-digit account ids. */
  readonly vendorPrincipals: readonly string[];
  readonly externalIds: readonly string[];
  /** The customer's principal that may assume the role to validate it, and the only session name that it may use. */
  readonly validator?: { readonly principalArn: string; readonly sessionName: string };
  readonly accepted: readonly AcceptedFinding[];
  readonly cadence: Cadence;
}

/** What travels with a stack. `deriveContract` makes the contract of it. */
export interface ContractTerms extends ContractParties {
  /** Where the vendor delivers: empty for the whole bucket, else prefixes with a slash at the end: `activity/`. */
  readonly keyPrefixes: readonly string[];
  /** What the grant may allow at most, and whether it ends at the prefixes. */
  readonly granted: PermissionSet & { readonly endsAtPrefix: boolean };
  /** What the vendor must be able to do. */
  readonly exercised: PermissionSet;
  /** How the bucket must stand, by who says so: the vendor's documentation, or whoever wrote the stack. */
  readonly settings: { readonly documented: SettingValues; readonly chosen: SettingValues };
}

/** What is judged. */
export interface DeliveryContract extends ContractParties {
  /** Where a test object may be put: empty, or the prefix with its slash at the end: `activity/`. */
  readonly keyPrefix: string;
  /** What the grant may allow at most; absent in contracts that say it by their expectations only. */
  readonly granted?: GrantedPermissions;
  readonly expectations: readonly Expectation[];
  readonly posture: readonly PostureExpectation[];
}

/** How a result is known, weakest first. A report never shows a weaker one as a stronger one. */
export const EVIDENCE = ["computed", "simulated", "performed", "observed"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** The outcome of one expectation or posture item, offline or live. */
export interface Result {
  readonly id: string;
  readonly title: string;
  /** `allowed`, `denied`, or the values that are right. */
  readonly expected: string;
  readonly outcome: "pass" | "fail" | "unknown";
  /** Absent where nothing could be told. */
  readonly evidence?: Evidence;
  readonly cause?: string;
  readonly remedy?: string;
  readonly deciding: readonly StatementReference[];
  readonly location?: PolicyLocation;
}
