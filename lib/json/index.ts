export { decodeText, encodingOf } from "./decode-text";
export { duplicateMember, duplicateMembers } from "./duplicate-member";
export { findJsonError } from "./find-json-error";
export { parseDocument, parseJson } from "./parse";
export { pointerTo, pointerToMember } from "./pointer";
export {
  BUCKET_POLICY_BYTES,
  bucketPolicyBytes,
  iamCharacters,
  MANAGED_POLICY_CHARACTERS,
  ROLE_INLINE_POLICIES_CHARACTERS,
  TRUST_POLICY_CHARACTERS,
} from "./policy-size";
export { isDeeperThan, isObject, type JsonObject, listOf, ownValue, setOwnValue, textOf, valueAt } from "./values";
