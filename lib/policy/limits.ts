/** How large the policies that this room writes are. What Terraform completes later counts nothing. */
import { iamCharacters, utf8Bytes } from "../json";
import { literalText } from "./template";

export { BUCKET_POLICY_BYTES, ROLE_INLINE_POLICIES_CHARACTERS, TRUST_POLICY_CHARACTERS } from "../json";

/** Size of a bucket policy, in bytes of UTF-8. A policy that is too large without Terraform's expressions is too large with them. */
export function bucketPolicySize(text: string): number {
  return utf8Bytes(literalText(text));
}

/** Size of an IAM policy, in characters without white space. Terraform's expressions count nothing. */
export function iamPolicySize(text: string): number {
  return iamCharacters(literalText(text));
}
