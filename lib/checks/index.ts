/** What the constructs check: props when they are defined, the stack and the app once their trees are complete. */
export { checkedAcceptance } from "./acceptance-checks";
export { addInfo, addWarning } from "./annotations";
export { checkBucketInApp } from "./app-checks";
export { checkBucketProps, checkPreconditionProps } from "./bucket-checks";
export { checkProps } from "./check-props";
export { type CheckedBucket, referencesOf } from "./checked-bucket";
export { checkConnectionDetailsProps } from "./connection-checks";
export { publicStatements } from "./contract-check";
export { checkDeployer } from "./deployer-checks";
export { checkDestinationProps, checkPathsDiffer, checkVendorBucket, DESTINATION_OPTIONS_RULES } from "./destination-checks";
export { checkEventsProps } from "./events-checks";
export { checkRoleProps, GIVEN_ROLE_OPTIONS_RULES, PRINCIPALS_RULES, ROLE_OPTIONS_RULES } from "./role-checks";
export { checkBucketInStack, checkContractInStack } from "./stack-checks";
export { checkValidationProps } from "./validation-checks";
