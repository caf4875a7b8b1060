import type { ITerraformDependable, TerraformProvider, TerraformResourceLifecycle } from "cdktf";
import * as errors from "./errors";
import { brokenBucketNameRule, PARTITIONS, partitionOf } from "./policy";
import { isKnown } from "./tokens";
import { BucketEncryption, type BucketVersioning, type ObjectOwnership } from "./vendors";

/** What can be set on a destination bucket. */
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
   * Region of the bucket, set on every resource of it (AWS provider 6 and newer).
   *
   * @default - the provider's region
   */
  readonly region?: string;
  /**
   * Partition of the bucket: `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`.
   *
   * @default - follows from the region where that is known, else "aws"
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
   * @default BucketEncryption.SSE_S3
   */
  readonly encryption?: BucketEncryption;
  /**
   * ARN of the customer managed key, for `SSE_KMS`.
   *
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
   * Lowest TLS version that is accepted, `1.2` or `1.3`.
   *
   * @default - whatever Amazon S3 accepts; plain HTTP is refused in any case
   */
  readonly minimumTlsVersion?: string;
  /**
   * Days after which multipart uploads that were never finished are aborted, 1 or more.
   *
   * Their parts are stored, and paid for, unseen.
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
   * What must be there before the bucket.
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

const TLS_VERSIONS = ["1.2", "1.3"];

/** Fails on props that are known and wrong. @internal */
export function checkBucketProps(props: DestinationBucketProps, at: string): void {
  const { bucketName, region, partition, encryption, kmsKeyArn, minimumTlsVersion } = props;
  if (isKnown(bucketName)) {
    const rule = brokenBucketNameRule(bucketName);
    if (rule) throw errors.invalidBucketName("bucketName", rule, bucketName, at);
  }
  const knownRegion = isKnown(region) ? region : undefined;
  if (knownRegion !== undefined && !/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(knownRegion)) throw errors.malformedRegion(knownRegion, at);
  if (isKnown(partition)) {
    if (!(PARTITIONS as readonly string[]).includes(partition)) throw errors.unknownPartition(PARTITIONS, partition, at);
    if (knownRegion !== undefined && partitionOf(knownRegion) !== partition) {
      throw errors.partitionContradictsRegion(knownRegion, partitionOf(knownRegion), partition, at);
    }
  }
  if (kmsKeyArn !== undefined && encryption !== BucketEncryption.SSE_KMS) throw errors.kmsKeyWithoutKms(kmsKeyArn, at);
  if (kmsKeyArn === undefined && encryption === BucketEncryption.SSE_KMS) throw errors.kmsWithoutKey(at);
  if (isKnown(kmsKeyArn) && !/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(kmsKeyArn)) {
    throw errors.invalidArn("kmsKeyArn", "the ARN of a KMS key (an alias would resolve in the vendor's account)", kmsKeyArn, at);
  }
  if (isKnown(minimumTlsVersion) && !TLS_VERSIONS.includes(minimumTlsVersion)) {
    throw errors.outdatedTls(TLS_VERSIONS, minimumTlsVersion, at);
  }
  const days = props.abortIncompleteMultipartUploadAfterDays;
  if (isKnown(days) && !(Number.isInteger(days) && days >= 1)) {
    throw errors.malformedNumber("abortIncompleteMultipartUploadAfterDays", "must be a whole number of days, 1 or more", days, at);
  }
}
