/** Rules about policies and buckets that hold whatever the vendor needs. Pure. */

export { coversFinding, coversResult, holdsOn, reasonInContract, reasonInContracts, whyNotAcceptable } from "./acceptances";
export { CONTRACT_RULES } from "./contract-rules";
export { actionFault } from "./no-effect/unknown-action";
export { matches, matchesAction } from "./patterns";
export { unexpectedCallers } from "./principals/unexpected-principal";
export { keyOpening } from "./reach/key-access";
export type { Finding, Rule, RuleInfo, Severity } from "./rule";
export { SEVERITIES } from "./rule";
export { RULE_INFOS } from "./rule-infos";
export { RULES } from "./rules";
export { applyRules, type RuleOptions } from "./run";
export { actionsMatching } from "./s3-actions";
export { type ScannerIds, scannerIds } from "./scanner-ids";
export { isExpected } from "./statements";
