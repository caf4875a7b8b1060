/** Size limits of policies. */
import { literalText } from "./template";

/** Bytes. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
export const BUCKET_POLICY_BYTES = 20_480;
/** Characters without white space, all inline policies of a role together. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const ROLE_INLINE_POLICIES_CHARACTERS = 10_240;
/** Characters without white space; the default quota. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const TRUST_POLICY_CHARACTERS = 2_048;

/**
 * Size of a bucket policy as S3 counts it: bytes of UTF-8.
 *
 * Terraform expressions are not counted, so that a text that exceeds the limit does so whatever their values are.
 */
export function bucketPolicySize(text: string): number {
  return new TextEncoder().encode(literalText(text)).length;
}

/** Size of an IAM policy as IAM counts it: characters without white space. Expressions are not counted. */
export function iamPolicySize(text: string): number {
  return literalText(text).replace(/\s/g, "").length;
}
