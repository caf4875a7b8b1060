import type { ExternalIdUse, VendorAccessMethod } from "./access-method";
import type { BucketEncryption, BucketVersioning, ObjectOwnership } from "./bucket-settings";
import type { VendorCadence } from "./cadence";
import type { ConnectionFormField } from "./connection-form";
import type { VendorPermissionSet } from "./permissions";

/** A finding of scanners that the vendor's own documentation makes unavoidable. */
export interface VendorAcceptedFinding {
  /** `R-ver`, `R-kms`, `R-xacct`, `R-acl`, `R-wild` or `R-dot`. */
  readonly code: string;
  /** Why, in one sentence. */
  readonly reason: string;
  /** URL of the vendor's page that asks for it. */
  readonly source: string;
}

/** One fact about the vendor and where it is written. */
export interface VendorFact {
  /** One sentence. */
  readonly fact: string;
  /** URL. */
  readonly source: string;
}

/** A page that facts about the vendor come from, and when. Vendors change their pages without notice. */
export interface VendorSource {
  /** URL, as facts name it. */
  readonly url: string;
  /**
   * Day on which the page was read, `2026-08-21`.
   *
   * For a page that shows the day of its revision, that day, because a copy of the page can be old.
   */
  readonly readOn: string;
}

/** What a vendor documents. What it does not document stays unset or is listed in `unknowns`. */
export interface VendorProfileProps {
  /** Stable, kebab-case: `kandji`. */
  readonly id: string;
  /** As the vendor writes it: `Kandji`. */
  readonly vendorName: string;
  /** The product that delivers: `Activity Log`. */
  readonly product: string;
  /** URL of the page that the profile follows. */
  readonly documentation: string;
  /** The access methods that the vendor documents; a destination uses one. */
  readonly accessMethods: VendorAccessMethod[];
  /** What the page grants. */
  readonly documentedPermissions: VendorPermissionSet;
  /**
   * Whether what the page grants on objects ends at the customer's key prefix: `BUCKET/PREFIX/*` instead of `BUCKET/*`.
   *
   * @default false
   */
  readonly documentedGrantEndsAtPrefix?: boolean;
  /**
   * What the deliveries need, if that is less.
   *
   * @default - the documented permissions, within the key prefix
   */
  readonly leastPermissions?: VendorPermissionSet;
  /**
   * What the vendor does when it delivers or tests the connection. Validation proves these, in this order.
   *
   * @default - the documented permissions that name one action
   */
  readonly exercisedPermissions?: VendorPermissionSet;
  /**
   * Whether the vendor presents an external ID.
   *
   * @default ExternalIdUse.UNKNOWN
   */
  readonly externalId?: ExternalIdUse;
  /**
   * AWS Regions that the vendor supports.
   *
   * @default - not documented: any
   */
  readonly regions?: string[];
  /**
   * Default encryptions of the bucket that the vendor supports.
   *
   * @default - not documented: any, SSE-S3 unless asked otherwise
   */
  readonly encryptions?: BucketEncryption[];
  /**
   * Whether the page asks for the bucket key.
   *
   * @default false
   */
  readonly bucketKey?: boolean;
  /**
   * Versioning that the vendor asks for.
   *
   * @default - not documented: any, disabled unless asked otherwise
   */
  readonly versioning?: BucketVersioning;
  /**
   * Object Ownership that the vendor needs.
   *
   * @default - BUCKET_OWNER_PREFERRED where `s3:PutObjectAcl` is granted by name, else BUCKET_OWNER_ENFORCED
   */
  readonly objectOwnership?: ObjectOwnership;
  /**
   * Prefix that the bucket's name must have.
   *
   * @default - no rule
   */
  readonly bucketNamePrefix?: string;
  /**
   * Whether the vendor refuses dots in the bucket's name.
   *
   * @default false
   */
  readonly bucketNameWithoutDots?: boolean;
  /**
   * Folder that the vendor adds after the customer's prefix, with a slash at the end: `segment-logs/`.
   *
   * @default - none
   */
  readonly vendorFolder?: string;
  /**
   * The vendor's principals by its site or partition: ARNs or account IDs, for a vendor that publishes several.
   *
   * @default - none are published: the user copies them from the vendor's screen
   */
  readonly publishedPrincipals?: { readonly [site: string]: string };
  /**
   * The fields of the vendor's form, in its order.
   *
   * @default - bucket name, region, key prefix, and the role's ARN where there is a role
   */
  readonly connectionForm?: ConnectionFormField[];
  /**
   * When deliveries are due.
   *
   * @default - not documented
   */
  readonly cadence?: VendorCadence;
  /**
   * Findings of scanners that the documentation makes unavoidable.
   *
   * @default - none
   */
  readonly acceptedFindings?: VendorAcceptedFinding[];
  /** Each fact that the profile rests on, with its source. */
  readonly facts: VendorFact[];
  /**
   * The pages that the facts come from, each with the day on which it was read.
   *
   * @default - the days are not recorded
   */
  readonly sources?: VendorSource[];
  /**
   * What the documentation does not say.
   *
   * @default - none
   */
  readonly unknowns?: string[];
}
