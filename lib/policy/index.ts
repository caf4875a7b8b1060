export { type OneOrMore, policyDocument, type Statement } from "./document";
export { BUCKET_POLICY_BYTES, bucketPolicySize, iamPolicySize, ROLE_INLINE_POLICIES_CHARACTERS, TRUST_POLICY_CHARACTERS } from "./limits";
export { isRegion, PARTITIONS, partitionOf } from "./regions";
export {
  allow,
  allowAccountToUseKey,
  allowBucketToSend,
  allowRuleToSend,
  allowSslRequestsOnly,
  allowToUseKey,
  allowValidatorToAssume,
  allowVendorToAssume,
  denyPlainHttpToQueue,
  denyTlsBelow,
} from "./statements";
export { escapeTemplate, hasExpression, literalText, templateExpression, templateParts } from "./template";
export { vendorStatements } from "./vendor-statements";
