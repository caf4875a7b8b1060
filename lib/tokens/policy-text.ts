import { escapeTemplate, hasExpression, literalText, type OneOrMore, policyDocument, type Statement, templateExpression } from "../policy";

/**
 * The policy as text for a provider resource: canonical JSON that reviewers and scanners can read in the plan.
 *
 * Terraform encodes each value that holds an expression (`jsonencode`), so that no value can break out of its place. A value that is one
 * expression may be a list.
 *
 * @param statements with tokens resolved to `${…}`.
 */
export function policyText(statements: readonly Statement[]): string {
  return jsonText(policyDocument(statements));
}

/** Any JSON value as text for a provider resource. Terraform encodes the values that hold an expression. */
export function jsonText(value: unknown): string {
  if (typeof value === "string") return stringText(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).map(([key, item]) => `${jsonText(key)}:${jsonText(item as OneOrMore)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

function stringText(text: string): string {
  if (hasExpression(text)) return `\${jsonencode(${templateExpression(text)})}`;
  return escapeTemplate(JSON.stringify(literalText(text)));
}
