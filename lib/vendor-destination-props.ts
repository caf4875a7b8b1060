import type { ConnectionField } from "./connection-details";
import type { DestinationBucket } from "./destination-bucket";
import type { DestinationBucketProps } from "./destination-bucket-props";
import type { ValidationOptions } from "./destination-validation";
import * as errors from "./errors";
import { given } from "./props";
import type { VendorAccess } from "./vendor-access";
import {
  BucketEncryption,
  BucketVersioning,
  ObjectOwnership,
  type VendorCadence,
  type VendorPermissions,
  type VendorProfile,
} from "./vendors";

/** Props that every destination has. */
export interface DestinationOptions extends DestinationBucketProps {
  /**
   * A bucket that several vendors share, each with its own key prefix. It has its own settings.
   *
   * @default - a bucket is defined with the settings in these props
   */
  readonly bucket?: DestinationBucket;
  /**
   * How much the vendor is granted.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never grants more.
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

/** Props of a vendor destination. */
export interface VendorDestinationProps extends DestinationOptions {
  /** What the vendor documents. */
  readonly vendor: VendorProfile;
  /** The vendor's principals, and the access method that they use. */
  readonly access: VendorAccess;
  /**
   * Key prefix under which the vendor delivers, without a slash at the beginning: `activity` or `activity/`.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never grants more.
   *
   * @default - the whole bucket
   */
  readonly keyPrefix?: string;
  /**
   * Additional key prefixes, for a vendor that delivers to several.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never grants more.
   *
   * @default - none
   */
  readonly additionalKeyPrefixes?: string[];
  /**
   * When deliveries are due, if that depends on choices in the vendor's form.
   *
   * @default - as the vendor documents it
   */
  readonly cadence?: VendorCadence;
  /**
   * Fields of the vendor's form in addition to those of its profile, with the values to enter.
   *
   * @default - none
   */
  readonly additionalConnectionFields?: ConnectionField[];
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
  return given({
    ...Object.fromEntries(BUCKET_PROPS.map((prop) => [prop, props[prop]])),
    tags: props.tags,
    provider: props.provider,
    dependsOn: props.dependsOn,
    encryption: props.encryption ?? encryptions?.[0] ?? BucketEncryption.SSE_S3,
    versioning: props.versioning ?? versioning ?? BucketVersioning.DISABLED,
    objectOwnership: props.objectOwnership ?? props.vendor.requiredOwnership ?? ObjectOwnership.BUCKET_OWNER_ENFORCED,
  });
}
