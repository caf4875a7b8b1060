import * as errors from "../errors";

/** A way by which a vendor comes in. */
export enum VendorAccessMethod {
  /** The vendor assumes a role in the customer's account. */
  ASSUMED_ROLE = "assumedRole",
  /** The bucket policy names the vendor's principal. */
  BUCKET_POLICY = "bucketPolicy",
}

/** Default encryption of a bucket. */
export enum BucketEncryption {
  /** Keys that Amazon S3 manages (SSE-S3). */
  SSE_S3 = "AES256",
  /** A customer managed AWS KMS key (SSE-KMS). */
  SSE_KMS = "aws:kms",
}

/** Versioning state of a bucket. */
export enum BucketVersioning {
  /** Never enabled. */
  DISABLED = "Disabled",
  /** Enabled: every overwrite and delete keeps the older version. */
  ENABLED = "Enabled",
}

/** S3 Object Ownership. */
export enum ObjectOwnership {
  /** ACLs are off; the bucket's owner owns every object. */
  BUCKET_OWNER_ENFORCED = "BucketOwnerEnforced",
  /** ACLs work; objects with the ACL `bucket-owner-full-control` belong to the bucket's owner. */
  BUCKET_OWNER_PREFERRED = "BucketOwnerPreferred",
  /** ACLs work; the writer owns its objects. */
  OBJECT_WRITER = "ObjectWriter",
}

/** Whether the vendor presents an external ID. */
export enum ExternalIdUse {
  /** The vendor's documentation has none: a condition on it would lock the vendor out. */
  NONE = "none",
  OPTIONAL = "optional",
  REQUIRED = "required",
  /** Not documented. */
  UNKNOWN = "unknown",
}

/** How much the vendor is granted. */
export enum VendorPermissions {
  /** Exactly what the vendor's page documents. */
  DOCUMENTED = "documented",
  /** The actions that its deliveries need, within the paths that it was given. The vendor has not confirmed that this suffices. */
  LEAST_PRIVILEGE = "leastPrivilege",
}

/** What a field of a vendor's form asks for. */
export enum ConnectionValue {
  /** The account of the bucket and the role, 12 digits. */
  AWS_ACCOUNT_ID = "awsAccountId",
  BUCKET_NAME = "bucketName",
  BUCKET_ARN = "bucketArn",
  REGION = "region",
  /** The path as the user gave it; empty where none was given. */
  KEY_PREFIX = "keyPrefix",
  ROLE_ARN = "roleArn",
  ROLE_NAME = "roleName",
}

/** One field of a vendor's form. */
export interface ConnectionFormField {
  /** As the form shows it: `S3 Bucket Name`. */
  readonly label: string;
  /** What it asks for. */
  readonly value: ConnectionValue;
}

/** S3 actions, each on its right level. */
export interface VendorPermissionSet {
  /** Actions on the bucket, for example `s3:ListBucket`. */
  readonly bucketActions: string[];
  /** Actions on its objects, for example `s3:PutObject`. */
  readonly objectActions: string[];
}

/** When deliveries are due, as documented. */
export interface VendorCadence {
  /**
   * Minutes after which the first delivery is there at the latest.
   *
   * @default - not documented
   */
  readonly firstDeliveryWithinMinutes?: number;
  /**
   * Minutes between deliveries.
   *
   * @default - not documented, or daily
   */
  readonly everyMinutes?: number;
  /**
   * Time of a daily delivery, UTC, as `05:00`.
   *
   * @default - not daily
   */
  readonly dailyAtUtc?: string;
  /**
   * Minutes by which a delivery may be late.
   *
   * @default - not documented
   */
  readonly lateByMinutes?: number;
}

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
  readonly fact: string;
  /** URL. */
  readonly source: string;
}

/** What a vendor documents. What it does not document stays unset, or stands in `unknowns`. */
export interface VendorProfileProps {
  /** Stable, kebab-case: `kandji`. */
  readonly id: string;
  /** As the vendor writes it: `Kandji`. */
  readonly vendorName: string;
  /** The product that delivers: `Activity Log`. */
  readonly product: string;
  /** URL of the page that the profile follows. */
  readonly documentation: string;
  /** The ways in that the vendor documents; a destination uses one. */
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
   * What the deliveries need, where that is less.
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
   * Regions that the vendor supports.
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
   * How the bucket's name must begin.
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
   * Folder that the vendor adds behind the customer's prefix, with its slash at the end: `segment-logs/`.
   *
   * @default - none
   */
  readonly ownFolder?: string;
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
   * What the documentation does not say.
   *
   * @default - none
   */
  readonly unknowns?: string[];
}

/**
 * What one vendor documents: permissions, settings, regions, cadence, each with its source.
 *
 * A further vendor is one more profile. Nothing in it is guessed.
 *
 * @example
 * import { VendorDoor, VendorProfile } from "cdktf-vendor-destination";
 *
 * const profile = VendorProfile.of({
 *   id: "acme-logs",
 *   vendorName: "Acme",
 *   product: "Log delivery",
 *   documentation: "https://docs.example.com/s3",
 *   doors: [VendorDoor.BUCKET_POLICY],
 *   documentedPermissions: { bucketActions: [], objectActions: ["s3:PutObject"] },
 *   facts: [{ fact: "PutObject is all that Acme needs", source: "https://docs.example.com/s3" }],
 * });
 */
export class VendorProfile {
  /** Defines a profile. */
  public static of(props: VendorProfileProps): VendorProfile {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(props.id)) throw errors.malformedProfileId(props.id);
    return new VendorProfile(props);
  }

  /** What the vendor documents. */
  public readonly facts: VendorProfileProps;

  private constructor(props: VendorProfileProps) {
    this.facts = props;
  }

  /** The actions of a grant. */
  public permissionSet(permissions: VendorPermissions): VendorPermissionSet {
    const { documentedPermissions, leastPermissions } = this.facts;
    return permissions === VendorPermissions.LEAST_PRIVILEGE ? (leastPermissions ?? documentedPermissions) : documentedPermissions;
  }

  /** What the vendor does when it delivers or tests the connection. */
  public get exercised(): VendorPermissionSet {
    const { documentedPermissions, exercisedPermissions } = this.facts;
    const named = (actions: string[]) => actions.filter((action) => !action.includes("*"));
    return (
      exercisedPermissions ?? {
        bucketActions: named(documentedPermissions.bucketActions),
        objectActions: named(documentedPermissions.objectActions),
      }
    );
  }

  /** Object Ownership under which the vendor's requests work. */
  public get requiredOwnership(): ObjectOwnership | undefined {
    const namesAcl = this.facts.documentedPermissions.objectActions.includes("s3:PutObjectAcl");
    return this.facts.objectOwnership ?? (namesAcl ? ObjectOwnership.BUCKET_OWNER_PREFERRED : undefined);
  }
}
