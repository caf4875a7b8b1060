/**
 * The delivery contract: what the vendor must be able to do, what nobody else may do, and the settings that the bucket must have.
 *
 * The contract is plain data. It is derived from the vendor's profile and the user's props, never from the policies that the
 * constructs write, so it can judge them. Its terms travel in the `input` of a `terraform_data`. All expectations follow from the
 * terms, so a plan stays short and nobody can remove a single expectation. Texts can be Terraform expressions until Terraform or the
 * plan reader resolves them.
 */
import type { PolicyLocation, StatementReference } from "../evaluate";

/** Version of this format. A reader refuses a version that it does not know. */
export const CONTRACT_SCHEMA_VERSION = 1;

/** How the vendor gets access. */
export type AccessMethod = "assumedRole" | "bucketPolicy" | "webIdentity";

/** Who makes a request. With `assumedRole`, `vendor` is the vendor's principal when it assumes the role, and the role session at the bucket. */
export type Actor = "vendor" | "vendorWithoutExternalId" | "strangerInVendorAccount" | "strangerAccount" | "anonymous";

export interface Expectation {
  /** Stable, kebab-case, unique within the contract: `vendor-can-put`. */
  readonly id: string;
  /** A sentence: `the vendor can put an object`. */
  readonly title: string;
  readonly actor: Actor;
  /** For example `s3:PutObject`. */
  readonly action: string;
  /** ARN. The ARN of an object ends in a sample key. */
  readonly resource: string;
  /** Condition keys that this expectation sets; the judge adds the keys of every request. */
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
  /** The expected values; one of them suffices. */
  readonly oneOf: readonly string[];
  readonly why: string;
}

/** A finding of scanners that follows from the vendor's documentation. */
export interface AcceptedFinding {
  /** Reason code: `R-ver`, `R-kms`, `R-xacct`, `R-acl`, `R-wild`, `R-dot`. */
  readonly code: string;
  readonly reason: string;
  /** The vendor's page that requires it. */
  readonly source: string;
}

/** A finding that the user accepts, with the reason. */
export interface Acceptance {
  /** Id of a rule, or of one expectation or setting of the contract. */
  readonly id: string;
  readonly reason: string;
  /** Address of the only Terraform resource in which the finding is accepted. */
  readonly address?: string;
  /** Sid of the only statement in which the finding is accepted. */
  readonly statement?: string;
  /** Who accepted it. */
  readonly owner?: string;
  /** The last day on which the acceptance holds, in UTC: `2027-01-31`. */
  readonly expires?: string;
}

/** When deliveries are due. Figures that are absent are not documented. */
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

/** The most that the vendor may be allowed. Actions can contain wildcards. */
export interface GrantedPermissions extends PermissionSet {
  /** ARNs of the objects: `arn:aws:s3:::logs/activity/*`. */
  readonly objects: readonly string[];
}

/** Settings of the bucket by their names in `PlannedBucket`, each with the expected values. */
export type SettingValues = Readonly<Record<string, readonly string[]>>;

/** Who delivers what to where: the part that terms and contract share. */
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
  /** The access method. Contracts in existing plans use this member name, so it stays. */
  readonly door: AccessMethod;
  readonly partition: string;
  readonly bucket: { readonly name: string; readonly arn: string; readonly region?: string };
  /** The role that the vendor assumes, for the access methods that have one. */
  readonly role?: { readonly name: string; readonly arn: string };
  /** ARNs of the vendor's principals, or 12-digit account IDs. */
  readonly vendorPrincipals: readonly string[];
  readonly externalIds: readonly string[];
  /** The customer's principal that may assume the role to validate it, and the only session name that it may use. */
  readonly validator?: { readonly principalArn: string; readonly sessionName: string };
  /** What the vendor's documentation makes unavoidable. */
  readonly accepted: readonly AcceptedFinding[];
  /** What the user accepts. */
  readonly acceptances?: readonly Acceptance[];
  readonly cadence: Cadence;
}

/** What travels with a stack. `deriveContract` derives the contract from it. */
export interface ContractTerms extends ContractParties {
  /** Where the vendor delivers: prefixes that end in a slash (`activity/`), or none for the whole bucket. */
  readonly keyPrefixes: readonly string[];
  /** What the grant may allow at most, and whether it covers the prefixes only. */
  readonly granted: PermissionSet & { readonly endsAtPrefix: boolean };
  /** What the vendor must be able to do. */
  readonly exercised: PermissionSet;
  /** Expected settings of the bucket: those that the vendor documents, and those that the user chose. */
  readonly settings: { readonly documented: SettingValues; readonly chosen: SettingValues };
}

/** What is judged. */
export interface DeliveryContract extends ContractParties {
  /** Where a test object can be put: empty, or a prefix that ends in a slash (`activity/`). */
  readonly keyPrefix: string;
  /** What the grant may allow at most; absent in contracts that only list expectations. */
  readonly granted?: GrantedPermissions;
  /** The encryptions that the vendor documents; absent where it documents none. A request of the vendor asks for no other. */
  readonly documentedEncryptions?: readonly string[];
  readonly expectations: readonly Expectation[];
  readonly posture: readonly PostureExpectation[];
}

/** How a result is known, weakest first. A report never shows weaker evidence as stronger evidence. */
export const EVIDENCE = ["computed", "proved", "simulated", "performed", "observed"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** The outcome of one expectation or posture item, offline or live. */
export interface Result {
  readonly id: string;
  readonly title: string;
  /** `allowed`, `denied`, or the expected values. */
  readonly expected: string;
  readonly outcome: "pass" | "fail" | "unknown";
  /** Absent where the outcome is unknown. */
  readonly evidence?: Evidence;
  readonly cause?: string;
  readonly remedy?: string;
  readonly deciding: readonly StatementReference[];
  readonly location?: PolicyLocation;
  /** Of a statement about all requests: the shortest request for which it does not hold, or may not hold. */
  readonly witness?: WitnessRequest;
}

/** One request, in the form in which `explain` takes it. */
export interface WitnessRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}
