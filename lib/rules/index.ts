/** Hygiene: what is wrong with policies and buckets whatever the vendor needs. Pure. */
import { CONTRACT_RULES } from "./contract-rules";
import type { RuleInfo } from "./rule";
import { RULES } from "./rules";

export { CONTRACT_RULES } from "./contract-rules";
export type { Finding, Rule, RuleInfo, Severity } from "./rule";
export { SEVERITIES } from "./rule";
export { RULES } from "./rules";
export { applyRules, type RuleOptions } from "./run";
export { SCANNER_IDS, type ScannerIds, scannerIds } from "./scanner-ids";

/** Everything that a report can name, by id. */
export const RULE_INFOS: ReadonlyMap<string, RuleInfo> = new Map(
  [...Object.values<RuleInfo>(CONTRACT_RULES), ...RULES].map((rule) => [rule.id, rule]),
);
export { actionsMatching } from "./s3-actions";
