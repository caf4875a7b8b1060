/** Policy variables in the elements of a policy. */
import { variableRule } from "../match/templates";
import { faultIn, type PolicyScope } from "./scope";

export function checkVariables(text: string, element: string, scope: PolicyScope): void {
  const rule = scope.variables && text.includes("${") ? variableRule(text) : undefined;
  if (rule !== undefined) throw faultIn(scope, { element, rule, value: text, advice: "write for example ${aws:username}" });
}

/** The placeholder that replaces a text with `${…}` where the policy's version is not known: it may be a variable or not. */
export function replacementOf(text: string, { unknownVersion }: PolicyScope): string | undefined {
  return unknownVersion !== undefined && text.includes("${") ? unknownVersion : undefined;
}
