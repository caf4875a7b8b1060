import type { CompiledStatement } from "../../evaluate";
import { hasUnknown } from "../../unknown";
import type { Rule } from "../rule";

export const forAllValuesAllow: Rule = {
  id: "for-all-values-allow",
  title: "an Allow relies on ForAllValues, which is true when the key is missing",
  severity: "medium",
  reason: "A request without the key meets the condition, so the condition does not restrict the grant",
  remedy: "use ForAnyValue or an operator for single values, or add the condition Null false for the same key",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  effect: "Allow",
  statement: (statement) => {
    const ofSets = statement.conditions.filter(({ set }) => set === "ForAllValues");
    if (ofSets.length === 0) return undefined;
    const present = requiredKeys(statement, (value) => value === "false");
    const mayBePresent = requiredKeys(statement, (value) => value === "false" || hasUnknown(value));
    const weak = ofSets.find(({ key }) => !mayBePresent.has(key)) ?? ofSets.find(({ key }) => !present.has(key));
    if (weak === undefined) return undefined;
    const detail = `${weak.operatorText} ${weak.keyText} is true for a request without the key`;
    return mayBePresent.has(weak.key) ? { detail: `${detail}, unless the condition Null requires it`, isUnknown: true } : detail;
  },
};

/** The keys whose condition `Null` has only values that mean that the key must be present. */
function requiredKeys({ conditions }: CompiledStatement, isRequired: (value: string) => boolean): ReadonlySet<string> {
  return new Set(conditions.filter(({ operator, values }) => operator === "Null" && values.every(isRequired)).map(({ key }) => key));
}
