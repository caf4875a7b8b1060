import { and, hasUnknown, lowerCase, MAYBE, NO, not, or, type Ternary, unknownText, YES } from "../../unknown";
import { memoize } from "../memoize";
import { OPERATORS, type ValueTest } from "./operators";
import { OWN_ACCOUNT, OWN_ACCOUNT_NAME } from "./outside-accounts";
import { type ContextValues, sameOf } from "./templates";

/** How several values of one key are compared. */
export type SetOperator = "ForAllValues" | "ForAnyValue";

/** One key under one operator. */
export interface Condition {
  /** As the policy writes it. */
  readonly operatorText: string;
  /** Without set operator and `IfExists`, as AWS writes it. */
  readonly operator: string;
  readonly set?: SetOperator;
  readonly ifExists: boolean;
  readonly negated: boolean;
  /** As the policy writes it. */
  readonly keyText: string;
  /** Lower case. */
  readonly key: string;
  readonly values: readonly string[];
  readonly tests: readonly ValueTest[];
}

/** The compiled context of a request. */
export interface Context extends ContextValues {
  /** Whether the name of some key is not known, so that any key may be present. */
  readonly keysUnknown: boolean;
}

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/i;

/** Whether there is such an operator. */
export const isOperator = memoize(
  (operatorText) => compileCondition({ operatorText, keyText: "", values: [], variables: false }) !== undefined,
);

/** What a policy writes for one key under one operator. */
export interface ConditionSource {
  readonly operatorText: string;
  readonly keyText: string;
  readonly values: readonly string[];
  /** Whether `${…}` is a variable. */
  readonly variables: boolean;
}

/** @returns undefined where there is no such operator */
export function compileCondition({ operatorText, keyText, values, variables }: ConditionSource): Condition | undefined {
  const [, prefix, name = "", suffix] = OPERATOR.exec(operatorText) ?? [];
  const set = prefix === undefined ? undefined : prefix.toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue";
  const common = { operatorText, set, ifExists: suffix !== undefined, keyText, key: lowerCase(keyText), values } as const;
  if (name.toLowerCase() === "null") {
    if (set !== undefined || suffix !== undefined) return undefined;
    return { ...common, operator: "Null", negated: false, tests: [] };
  }
  const operator = OPERATORS.get(name.toLowerCase());
  if (operator === undefined) return undefined;
  const tests = values.map((value) => operator.compile(value, variables));
  return { ...common, operator: operator.name, negated: operator.negated, tests };
}

/** Whether the request meets the condition. `MAYBE` where that depends on which of several possible values the key has. */
export function evaluateCondition(condition: Condition, context: Context): Ternary {
  const found = context.get(condition.key);
  const possible = found === undefined ? context.possible(condition.key) : undefined;
  if (possible === undefined) return evaluateFound(condition, found, context);
  return sameOf(possible, (value) => evaluateFound(condition, typeof value === "string" ? [value] : value, context));
}

function evaluateFound(condition: Condition, found: readonly string[] | undefined, context: Context): Ternary {
  if (condition.operator === "Null") return evaluateNull(condition, found, context);
  if (found !== undefined) return evaluateValues(condition, found, context);
  const absent = evaluateAbsent(condition);
  return mayBePresent(condition, context) ? MAYBE : absent;
}

function evaluateAbsent(condition: Condition): Ternary {
  if (condition.ifExists || condition.set === "ForAllValues") return YES;
  if (condition.set === "ForAnyValue") return NO;
  return condition.negated ? YES : NO;
}

function evaluateValues(condition: Condition, found: readonly string[], context: Context): Ternary {
  if (condition.set === undefined) {
    if (condition.ifExists && condition.values.length === 0) return NO;
    let matched: Ternary = NO;
    for (const value of found) {
      const match = matchesOne(condition, value, context);
      if (match > matched) matched = match;
    }
    return condition.negated ? not(matched) : matched;
  }
  const all = condition.set === "ForAllValues";
  if (isEmptySet(found)) return all ? YES : NO;
  if (condition.values.length === 0) return NO;
  let result: Ternary = all ? YES : NO;
  for (const value of found) {
    const matched = matchesOne(condition, value, context);
    const met = condition.negated ? not(matched) : matched;
    result = all ? and(result, met) : or(result, met);
  }
  return result;
}

function matchesOne(condition: Condition, value: string, context: Context): Ternary {
  const matched = matchesAny(condition, value, context);
  // The number stands for an unknown account, which may be any that the policy names.
  if (matched !== NO || !value.includes(OWN_ACCOUNT)) return matched;
  return matchesAny(condition, value.replaceAll(OWN_ACCOUNT, unknownText(OWN_ACCOUNT_NAME, "otherAccount")), context);
}

function matchesAny({ tests }: Condition, value: string, context: Context): Ternary {
  let matched: Ternary = NO;
  for (const test of tests) {
    const match = test(value, context);
    if (match === YES) return YES;
    if (match === MAYBE) matched = MAYBE;
  }
  return matched;
}

/** `true` requires that the key is absent, `false` that it is present with a value. */
function evaluateNull(condition: Condition, found: readonly string[] | undefined, context: Context): Ternary {
  let absent: Ternary = found === undefined || isEmptySet(found) ? YES : NO;
  if (found === undefined && mayBePresent(condition, context)) absent = MAYBE;
  let met: Ternary = NO;
  for (const value of condition.values) {
    const wanted = value.toLowerCase();
    if (wanted === "true") met = or(met, absent);
    else if (wanted === "false") met = or(met, not(absent));
    else if (hasUnknown(value)) met = or(met, MAYBE);
  }
  return met;
}

/** AWS treats an empty string as an empty set of values. */
function isEmptySet(values: readonly string[]): boolean {
  return values.length === 1 && values[0] === "";
}

function mayBePresent(condition: Condition, context: Context): boolean {
  return context.keysUnknown || hasUnknown(condition.key);
}
