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
    if (!statement.conditions.some(({ set }) => set === "ForAllValues")) return undefined;
    const present = new Set(
      statement.conditions
        .filter(({ operator, values }) => operator === "Null" && values.every((value) => value === "false"))
        .map(({ key }) => key),
    );
    const weak = statement.conditions.find(({ set, key }) => set === "ForAllValues" && !present.has(key));
    return weak && `${weak.operatorText} ${weak.keyText} is true for a request without the key`;
  },
};
