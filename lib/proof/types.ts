/** Everything that a proof depends on, as plain JSON, so that equal destinations can share one proof. */
import type { DeliveryContract } from "../contract";

export type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Granted {
  readonly bucketActions: readonly string[];
  readonly objectActions: readonly string[];
  readonly objects: readonly string[];
}

/** What the vendor must be able to do to objects: the action, and the ARN of the folder. */
export interface Delivery {
  readonly action: string;
  readonly folder: string;
}

/** Another vendor of the same bucket. */
export interface Neighbour {
  readonly callers: readonly string[];
  readonly folders: readonly string[];
}

/** Policies of the organization that owns the account of a bucket or role. */
export interface Controls {
  /** For principals of the account: root first; every level must allow. */
  readonly serviceControlPolicies?: readonly (readonly unknown[])[];
  /** For everybody who requests a resource of the account. */
  readonly resourceControlPolicies?: readonly unknown[];
}

export interface RoleFacts extends Controls {
  readonly arn: string;
  readonly account: string;
  readonly trustPolicy: unknown;
  readonly identityPolicies: readonly unknown[];
  readonly permissionsBoundary?: unknown;
  /** With keys in lower case; absent where they are not known. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether its sessions may have other tags, because a caller may pass some when it assumes the role. */
  readonly passesTags?: true;
}

/** Why the values in AWS may differ from the input. */
export interface Doubts {
  readonly bucket: readonly string[];
  readonly role: readonly string[];
  /** Of the ACLs of the bucket and its objects, which no policy shows. */
  readonly acl: readonly string[];
  /** Of objects that do not belong to the owner of the bucket. */
  readonly owner: readonly string[];
}

export interface BucketFacts extends Controls {
  readonly account: string;
  /** Each bucket policy; the last one written takes effect. */
  readonly policies: readonly unknown[];
  readonly blockPublicAccess: Readonly<Record<string, string>>;
  readonly objectOwnership: string;
  /** The tags that AWS compares in conditions, with keys in lower case; absent where they are not known. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The condition keys that policies use, in lower case, for one action of the vendor: `absent` if no request has the key, `chosen` if a
 * plain request lacks it, `open` if that is unknown, or the only values that the key can have.
 */
export type KeyFacts = Readonly<Record<string, "absent" | "chosen" | "open" | readonly string[]>>;

/**
 * What access points of the account allow: `judged` if none of them allows more than the contract, `open` if they allow whatever the bucket
 * policy leaves to them.
 */
export type KnownAccessPoints = "judged" | "open";

export interface Facts {
  readonly partition: string;
  readonly isRoleAssumed: boolean;
  readonly bucketArn: string;
  readonly bucket?: BucketFacts;
  readonly role?: RoleFacts;
  /** The same policies as they apply to requests of the vendor itself; empty if that makes no difference. */
  readonly forVendor: { readonly bucket?: BucketFacts; readonly role?: RoleFacts };
  /** The vendor's own principals. */
  readonly vendorPrincipals: readonly string[];
  /** One caller for each of them (for a whole account, one role): those who assume the role, and those who make the requests. */
  readonly callers: { readonly assuming: readonly string[]; readonly requesting: readonly string[] };
  readonly externalIds: readonly string[];
  /** ID of the vendor's organization. */
  readonly vendorOrganization?: string;
  /** ID of the customer's organization. */
  readonly ownOrganization?: string;
  /** ID of the organization of the principal that makes the vendor's requests to the bucket: the customer's if that is a role. */
  readonly callerOrganization?: string;
  readonly validator?: DeliveryContract["validator"];
  readonly granted?: Granted;
  readonly bucketActions: readonly string[];
  readonly deliveries: readonly Delivery[];
  readonly neighbours: readonly Neighbour[];
  /** Roles other than the vendor's that somebody outside the account may assume, and that may reach the bucket. */
  readonly otherRoles: readonly RoleFacts[];
  /** ARNs and other names of the key that the bucket encrypts with. */
  readonly bucketKeys: readonly string[];
  readonly doubts: Doubts;
  /** Whether the contract chooses ObjectWriter, so that the vendor's account owns the objects that it writes. */
  readonly vendorOwnsObjects?: true;
  /** Absent if they are unknown. */
  readonly accessPoints?: KnownAccessPoints;
  /** What AWS would know about the vendor's requests, without what follows from the caller. */
  readonly requestContext: Context;
  readonly assumingContext: Context;
  /** By action. */
  readonly keys: Readonly<Record<string, KeyFacts>>;
}

/** A KMS key by which none of the vendor's buckets encrypts. */
export interface OtherKeyFacts extends Controls {
  readonly arn: string;
  readonly account: string;
  /** Whether that may be the account of the vendor's role, whose number is not known. */
  readonly mayBeOwn?: true;
  /** Each key policy; the last one written takes effect. */
  readonly policies: readonly unknown[];
}

/** Resources of the estate that may grant access to the vendor, apart from its own bucket and role. */
export interface EstateFacts {
  /** Roles that the vendor or its role may assume, directly or through other roles. */
  readonly roles: readonly RoleFacts[];
  readonly buckets: readonly (BucketFacts & { readonly arn: string })[];
  readonly keys: readonly OtherKeyFacts[];
}

export interface FactsInEstate extends Facts {
  readonly estate: EstateFacts;
}
