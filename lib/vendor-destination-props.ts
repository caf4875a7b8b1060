import type { ConnectionField } from "./connection-details";
import type { DestinationBucket } from "./destination-bucket";
import type { DestinationBucketProps } from "./destination-bucket-props";
import type { ValidationOptions } from "./destination-validation";
import * as errors from "./errors";
import type { VendorAccess } from "./vendor-access";
import {
  BucketEncryption,
  BucketVersioning,
  ObjectOwnership,
  type VendorCadence,
  type VendorPermissions,
  type VendorProfile,
} from "./vendors";

/** What every destination can be told. */
export interface DestinationOptions extends DestinationBucketProps {
  /**
   * A bucket that several vendors share, each under a prefix of its own. It brings its own settings.
   *
   * @default - a bucket is defined with the settings given here
   */
  readonly bucket?: DestinationBucket;
  /**
   * How much the vendor is granted.
   *
   * @default VendorPermissions.DOCUMENTED
   */
  readonly permissions?: VendorPermissions;
  /**
   * How the destination is validated after deploy.
   *
   * @default - a failed validation fails `terraform apply`
   */
  readonly validation?: ValidationOptions;
}

/** What a vendor destination is made of. */
export interface VendorDestinationProps extends DestinationOptions {
  /** What the vendor documents. */
  readonly vendor: VendorProfile;
  /** Who comes, and by which door. */
  readonly access: VendorAccess;
  /**
   * Where in the bucket the vendor delivers, without a slash at the beginning: `activity` or `activity/`.
   *
   * @default - anywhere
   */
  readonly keyPrefix?: string;
  /**
   * Further places, for a vendor that delivers to several.
   *
   * @default - none
   */
  readonly furtherKeyPrefixes?: string[];
  /**
   * When deliveries are due, where that follows from what was chosen in the vendor's form.
   *
   * @default - as the vendor documents it
   */
  readonly cadence?: VendorCadence;
  /**
   * Fields of the vendor's form beyond those of its profile, with what to enter.
   *
   * @default - none
   */
  readonly furtherConnectionFields?: ConnectionField[];
}

const BUCKET_PROPS = [
  "bucketName",
  "region",
  "partition",
  "forceDestroy",
  "encryption",
  "kmsKeyArn",
  "versioning",
  "objectOwnership",
  "minimumTlsVersion",
  "abortIncompleteMultipartUploadAfterDays",
  "lifecycle",
] as const;

/** The bucket's own settings out of a destination's, with the defaults that the vendor's documentation asks for. */
export function bucketPropsOf(props: VendorDestinationProps, at: string): DestinationBucketProps {
  if (props.bucket !== undefined) {
    const given = BUCKET_PROPS.filter((prop) => props[prop] !== undefined);
    if (given.length > 0) throw errors.bucketAndItsProps(given, at);
  }
  const { encryptions, versioning } = props.vendor.facts;
  return {
    ...Object.fromEntries(BUCKET_PROPS.map((prop) => [prop, props[prop]])),
    tags: props.tags,
    provider: props.provider,
    dependsOn: props.dependsOn,
    encryption: props.encryption ?? encryptions?.[0] ?? BucketEncryption.SSE_S3,
    versioning: props.versioning ?? versioning ?? BucketVersioning.DISABLED,
    objectOwnership: props.objectOwnership ?? props.vendor.requiredOwnership ?? ObjectOwnership.BUCKET_OWNER_ENFORCED,
  };
}
