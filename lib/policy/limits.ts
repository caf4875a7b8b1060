/** Size limits of policies. */
import { bucketPolicyBytes, iamCharacters } from "../json";
import { literalText } from "./template";

export { BUCKET_POLICY_BYTES, ROLE_INLINE_POLICIES_CHARACTERS, TRUST_POLICY_CHARACTERS } from "../json";

/**
 * Size of a bucket policy as S3 counts it: bytes of UTF-8, without white space outside strings.
 *
 * Terraform expressions are not counted, so that a text that exceeds the limit does so whatever their values are.
 */
export function bucketPolicySize(text: string): number {
  return bucketPolicyBytes(literalText(text));
}

/** Size of an IAM policy as IAM counts it: characters without white space. Expressions are not counted. */
export function iamPolicySize(text: string): number {
  return iamCharacters(literalText(text));
}
