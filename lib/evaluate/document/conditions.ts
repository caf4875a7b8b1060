import { hasUnknown, isWhollyUnknown, lowerCase, unknownsIn } from "../../unknown";
import { type Condition, compileCondition, isOperator } from "../match/conditions";
import { valueRule } from "../match/operators";
import { conditionValuesOf, objectOf } from "./elements";
import { isConditionKey } from "./grammar";
import { faultIn, type StatementScope } from "./scope";
import { checkVariables, replacementOf } from "./variables";

/** The conditions of a statement, all of which must be met. One whose operator or keys are not known is noted among the unknowns. */
export function compileConditions(value: unknown, scope: StatementScope): Condition[] {
  if (value === undefined) return [];
  if (isWhollyUnknown(value)) {
    scope.unknowns.push(...unknownsIn(value));
    return [];
  }
  const path = `${scope.path}.Condition`;
  const conditions: Condition[] = [];
  for (const [operatorText, keys] of Object.entries(objectOf(value, path, scope.policy))) {
    if (hasUnknown(operatorText) || isWhollyUnknown(keys)) {
      scope.unknowns.push(...unknownsIn(operatorText), ...(isWhollyUnknown(keys) ? unknownsIn(keys) : []));
      continue;
    }
    const element = `${path}.${operatorText}`;
    if (!isOperator(operatorText)) {
      const advice = "see the condition operators in the IAM User Guide";
      throw faultIn(scope.policy, { element, rule: "must be an operator that IAM knows", value: operatorText, advice });
    }
    const keysSeen = new Set<string>();
    for (const [keyText, values] of Object.entries(objectOf(keys, element, scope.policy))) {
      checkKey(keyText, keysSeen, { element: `${element}.${keyText}`, scope });
      conditions.push(conditionOf({ operatorText, keyText, values, element: `${element}.${keyText}` }, scope));
    }
  }
  return conditions;
}

function checkKey(
  keyText: string,
  keysSeen: Set<string>,
  { element, scope }: { readonly element: string; readonly scope: StatementScope },
): void {
  if (!hasUnknown(keyText) && !isConditionKey(keyText)) {
    const rule = "must be the key of a service: a prefix, a colon and a name";
    throw faultIn(scope.policy, { element, rule, value: keyText, advice: 'write for example "aws:SourceAccount"' });
  }
  const key = lowerCase(keyText);
  if (keysSeen.has(key)) {
    const rule = "must stand only once: condition keys have no case";
    throw faultIn(scope.policy, { element, rule, value: keyText, advice: "join the two into one" });
  }
  keysSeen.add(key);
}

function conditionOf(
  source: { readonly operatorText: string; readonly keyText: string; readonly values: unknown; readonly element: string },
  scope: StatementScope,
): Condition {
  const { operatorText, keyText, element } = source;
  const texts = conditionValuesOf(source.values, element, scope.policy);
  for (const text of texts) checkVariables(text, element, scope.policy);
  const values = texts.map((text) => replacementOf(text, scope.policy) ?? text);
  const condition = compileCondition({ operatorText, keyText, values, variables: scope.policy.variables })!;
  const rule = valueRule(condition.operator, values);
  if (rule === undefined) return condition;
  throw faultIn(scope.policy, { element, rule, value: source.values, advice: "write such a value, or use an operator for text" });
}
