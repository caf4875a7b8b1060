import type { ITerraformDependable, TerraformProvider, TerraformResourceLifecycle } from "cdktf";
import type { BucketEncryption, BucketVersioning, ObjectOwnership } from "./vendors";

/** Props of a destination bucket. */
export interface DestinationBucketProps {
  /**
   * Name of the bucket, 3 to 63 characters.
   *
   * With a literal name every policy is literal text in the plan.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
   * @default - Terraform chooses a name
   */
  readonly bucketName?: string;
  /**
   * AWS Region of the bucket, set on each of its resources (AWS provider 6 and newer).
   *
   * @default - the provider's Region
   */
  readonly region?: string;
  /**
   * Partition of the bucket: `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`.
   *
   * @default - the partition of the Region where that is known, else "aws"
   */
  readonly partition?: string;
  /**
   * Whether Terraform may delete the bucket while it holds objects.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Default encryption.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never weakens the encryption.
   *
   * @default BucketEncryption.SSE_S3
   */
  readonly encryption?: BucketEncryption;
  /**
   * ARN of the customer managed key, for `SSE_KMS`.
   *
   * The role of a destination gets the right to use it. A vendor that the bucket policy names is added to the policy of a key that the same
   * stack defines without one. To any other key policy, add
   * `{"Sid":"AllowVendorToUseKey","Effect":"Allow","Principal":{"AWS":"<the vendor's principal, or the role>"},"Action":["kms:GenerateDataKey","kms:Decrypt"],"Resource":"*","Condition":{"StringLike":{"kms:ViaService":"s3.*"}}}`.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never weakens the encryption.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
   * @default - none
   */
  readonly kmsKeyArn?: string;
  /**
   * Versioning state.
   *
   * @default BucketVersioning.DISABLED
   */
  readonly versioning?: BucketVersioning;
  /**
   * Object Ownership.
   *
   * @default ObjectOwnership.BUCKET_OWNER_ENFORCED
   */
  readonly objectOwnership?: ObjectOwnership;
  /**
   * Minimum TLS version, `1.2` or `1.3`.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never permits older versions.
   *
   * @default - every version that Amazon S3 accepts; plain HTTP is always denied
   */
  readonly minimumTlsVersion?: string;
  /**
   * Days after which incomplete multipart uploads are aborted, 1 or more.
   *
   * S3 stores their parts, and charges for them, without listing them as objects.
   *
   * @default - never, and no lifecycle configuration is defined
   */
  readonly abortIncompleteMultipartUploadAfterDays?: number;
  /**
   * Tags of the bucket.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };
  /**
   * Provider of every resource.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
  /**
   * Resources that must exist before the bucket.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Terraform's lifecycle of the bucket itself.
   *
   * @default - Terraform's
   */
  readonly lifecycle?: TerraformResourceLifecycle;
}
