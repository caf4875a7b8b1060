/** Settings of a bucket, and buckets that are defined twice. */
import { message, type PropValue } from "./message";

/** @param isShared whether the bucket was given, so that the setting belongs to that bucket. */
function remedyFor(isShared: boolean, remedy = "leave it out: the default is right"): string {
  return isShared ? "give this vendor a bucket of its own" : remedy;
}

/** A setting of the bucket, and whether the bucket was given to the destination. */
export interface BucketSetting extends PropValue {
  readonly isShared: boolean;
}

export function unsupportedEncryption({ isShared, ...value }: BucketSetting, vendor: string, supported: readonly string[]): Error {
  const rule = `must be an encryption that ${vendor} supports (${supported.join(", ")})`;
  return message({ ...value, code: "UnsupportedEncryption", rule, remedy: remedyFor(isShared) });
}

export function unsupportedKmsKey(value: PropValue, vendor: string, supported: readonly string[]): Error {
  const rule = `must not be given, because ${vendor} supports ${supported.join(", ")} only`;
  return message({ ...value, code: "UnsupportedEncryption", rule, remedy: "leave it out" });
}

export function kmsKeyWithoutKms(value: PropValue): Error {
  const remedy = "set 'encryption' to BucketEncryption.SSE_KMS, or leave the key out";
  return message({ ...value, code: "KmsKeyWithoutKms", rule: "is only for 'encryption' SSE_KMS", remedy });
}

export function kmsWithoutKey(at: string): Error {
  const remedy = "give the ARN of a customer managed key: another account cannot use the AWS managed key";
  return message({ prop: "kmsKeyArn", got: undefined, at, code: "KmsWithoutKey", rule: "must be given with 'encryption' SSE_KMS", remedy });
}

export function unsupportedVersioning({ isShared, ...value }: BucketSetting, vendor: string, required: string): Error {
  const rule = `must be ${required} for ${vendor}`;
  return message({ ...value, code: "UnsupportedVersioning", rule, remedy: remedyFor(isShared) });
}

export function unsupportedOwnership({ isShared, ...value }: BucketSetting, vendor: string, required: string): Error {
  const rule = `must be ${required} for ${vendor}`;
  return message({ ...value, code: "UnsupportedOwnership", rule, remedy: remedyFor(isShared) });
}

export function aclRightsWithoutAcls({ isShared, ...value }: BucketSetting, vendor: string): Error {
  const rule = `must enable ACLs, because ${vendor} is granted s3:PutObjectAcl`;
  const remedy = isShared
    ? "set 'objectOwnership' of the bucket to \"BucketOwnerPreferred\", or give this vendor a bucket of its own"
    : 'use "BucketOwnerPreferred"';
  return message({ ...value, code: "UnsupportedOwnership", rule, remedy });
}

export function bucketAndItsProps(props: readonly string[], at: string): Error {
  const rule = "cannot be combined with settings of a bucket, because it has its own";
  const remedy = "set these props on the DestinationBucket instead";
  return message({ prop: "bucket", got: props, at, code: "BucketGivenTwice", rule, remedy });
}

export function bucketInOtherStack(bucket: string, at: string): Error {
  const remedy = "define both in one stack: a bucket has one policy";
  return message({ prop: "bucket", got: bucket, at, code: "BucketInOtherStack", rule: "must be in the same stack", remedy });
}

/** @param other path of the construct that defines the bucket, too. */
export function oneBucketTwice(bucket: string, other: string, at: string): string {
  const remedy = "define a DestinationBucket once and pass it as 'bucket'";
  return message({ prop: "bucketName", got: bucket, at, code: "OneBucketTwice", rule: `is already defined at ${other}`, remedy }).message;
}

/** The two constructs that define one bucket, each with its stack. */
export interface BucketInTwoStacks {
  readonly bucket: string;
  readonly other: string;
  readonly otherStack: string;
  readonly stack: string;
  readonly at: string;
}

export function oneBucketInTwoStacks({ bucket, other, otherStack, stack, at }: BucketInTwoStacks): string {
  const rule = `must be defined in one stack, and is defined in ${JSON.stringify(otherStack)} (at ${other}) and in ${JSON.stringify(stack)}`;
  const remedy = "give each stack its own bucket name, or define the destinations in one stack and share one DestinationBucket";
  return message({ prop: "bucketName", got: bucket, at, code: "OneBucketTwice", rule, remedy }).message;
}
