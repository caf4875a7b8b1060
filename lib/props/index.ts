/** Rules for props, and the error for a prop that breaks its rule. Pure. */
export { brokenProp, type PropsCheck } from "./broken-prop";
export { given } from "./given";
export { anything, choice, flag, freeText, listOf, mapOf, objectLike, objectWith, struct, text, wholeNumber, word } from "./kinds";
export {
  accountId,
  bucketName,
  day,
  externalIds,
  keyPrefix,
  kmsKeyArn,
  managedPolicyArn,
  partition,
  principalArn,
  region,
  roleArn,
  roleDescription,
  roleName,
  roleNameWithPath,
  rolePath,
  tags,
  texts,
  timeOfDay,
  userArn,
} from "./names";
export { nearestName } from "./nearest-name";
export { optional, optionalNarrowing, type Rules } from "./rule";
export { unknownMember } from "./unknown-member";
