import { CONTRACT_RULES } from "./contract-rules";
import type { RuleInfo } from "./rule";
import { RULES } from "./rules";

/** Everything that a report can name, by id. */
export const RULE_INFOS: ReadonlyMap<string, RuleInfo> = new Map(
  [...Object.values<RuleInfo>(CONTRACT_RULES), ...RULES].map((rule) => [rule.id, rule]),
);
