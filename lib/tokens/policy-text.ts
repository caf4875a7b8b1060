import { escapeTemplate, hasExpression, literalText, type OneOrMore, policyDocument, type Statement, templateExpression } from "../policy";

/**
 * The policy as text for a provider resource: canonical JSON that reviewers and scanners can read in the plan.
 *
 * A value that holds an expression is encoded by Terraform, in its place, so that nothing that it turns out to hold can break out of
 * it. A value that is one expression may turn out to be a list.
 *
 * @param statements with tokens resolved: what Terraform has to work out stands there as `${…}`.
 */
export function policyText(statements: readonly Statement[]): string {
  return jsonText(policyDocument(statements));
}

/** Any JSON value as text for a provider resource, with what Terraform has to work out encoded in its place. */
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
