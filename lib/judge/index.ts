export {
  additionalCallers,
  callersInConditions,
  isBroad,
  isPositive,
  mayNarrowCallers,
  namedPrincipals,
  namesEverybody,
} from "./allowed-principals";
export { withAwsText } from "./aws-managed-policies";
export {
  compiledPolicy,
  ownDocument,
  readablePolicies,
  refusedCharacter,
  refusedSid,
  repeatedSid,
  requireCompiled,
} from "./compiled-policies";
export { closestToAllow, decisionsOf } from "./decisions";
export { type EncryptionKey, encryptionKeyOf, KEY_USE, mayUseKey, withGrants, withPrincipalAccount } from "./encryption-key";
export { federatedCallers, type OpenService, openProviders, servicesForOthers, tiedProviders } from "./federation";
export { judge } from "./judge";
export { areOfOneKey, keyIndexOf } from "./key-index";
export { compiledControls, controlsOf, type DeniedRequest, type OrganizationControls, organizationRemedy } from "./organization";
export { comparePin, type Hash, type Pin, PinError, pinOf, readPin } from "./pin";
export { bucketOf, callersOf, mayPassTags, roleOf } from "./planned-resources";
export { AWS_DEFAULTS, settingName } from "./settings";
export { withAccount } from "./with-account";
