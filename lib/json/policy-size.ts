/**
 * How AWS counts the size of a policy, and how large policies may be.
 *
 * The author of policies and the rules share these counts, so that both report the same numbers.
 */

/** Bytes of a bucket policy. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
export const BUCKET_POLICY_BYTES = 20_480;
/** Characters of all inline policies of a role together. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const ROLE_INLINE_POLICIES_CHARACTERS = 10_240;
/** Characters of a trust policy; the default quota. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const TRUST_POLICY_CHARACTERS = 2_048;
/** Characters of a managed policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MANAGED_POLICY_CHARACTERS = 6_144;

/** The size of a policy as IAM counts it: characters without white space. */
export function iamCharacters(text: string): number {
  return text.replace(/\s/g, "").length;
}

/** A string of JSON, which is kept, or white space outside one. */
const STRING_OR_SPACE = /("(?:[^"\\]|\\.)*")|\s+/gs;

/**
 * The size of a bucket policy as S3 counts it: bytes of UTF-8.
 *
 * White space outside strings is not counted, because the AWS provider normalizes the policy before it calls `PutBucketPolicy`.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket_policy.go
 */
export function bucketPolicyBytes(text: string): number {
  return new TextEncoder().encode(text.replace(STRING_OR_SPACE, "$1")).length;
}
