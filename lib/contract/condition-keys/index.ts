/** What is known about the condition keys of a request that a contract is about. */
export { CONDITION_KEYS, knowledgeOf, possibleValuesOf } from "./possible-values";
export type { CallerKind, ConditionKeyRow, KeyKnowledge, KeyScope } from "./types";
