export { checkContract, publicStatements } from "./contract-check";
export { checkPolicyOwners, referencesOf } from "./stack-checks";
export { checkAccess, checkBucket, checkKeyPrefix } from "./vendor-destination-checks";
