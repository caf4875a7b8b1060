export { callersBeside, isPositive, namedPrincipals, namesEverybody, tiedCallers } from "./allowed-principals";
export { withAwsText } from "./aws-managed-policies";
export { compiledPolicy, readablePolicies, requireCompiled } from "./compiled-policies";
export { closestToAllow, decisionsOf } from "./decisions";
export { judge } from "./judge";
export { comparePin, type Hash, type Pin, PinError, pinOf, readPin } from "./pin";
export { bucketOf, callersOf, roleOf } from "./planned-resources";
export { AWS_DEFAULTS } from "./settings";
export { withAccount } from "./with-account";
