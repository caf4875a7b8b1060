import { Fn, Token } from "cdktf";
import { policyDocument, type Statement } from "./policy/document";

/**
 * The policy as text for a provider resource: canonical JSON that reviewers and scanners can read in the plan.
 *
 * A value that holds tokens is encoded by Terraform, in its place, so that nothing that it turns out to hold can break out of it.
 */
export function policyText(statements: readonly Statement[]): string {
  return jsonText(policyDocument(statements));
}

function jsonText(value: unknown): string {
  if (typeof value === "string") {
    return holdsTokens(value) ? `\${jsonencode("${templateText(value)}")}` : JSON.stringify(escapePolicyVariables(value));
  }
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) || value.some(isListToken) ? Fn.jsonencode(value) : `[${value.map(jsonText).join(",")}]`;
  }
  if (value !== null && typeof value === "object") {
    if (Token.isUnresolved(value)) return Fn.jsonencode(value);
    const members = Object.entries(value).map(([key, item]) => `${jsonText(key)}:${jsonText(item)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Whether any value inside is only known to Terraform: a token, or an expression that was written by hand. */
export function holdsTokens(value: unknown): boolean {
  if (typeof value === "string") return Token.isUnresolved(value) || /(?<!\$)\$\{/.test(escapePolicyVariables(value));
  if (Token.isUnresolved(value)) return true;
  if (Array.isArray(value)) return value.some(holdsTokens);
  if (value !== null && typeof value === "object") return Object.values(value).some(holdsTokens);
  return false;
}

/** A list of which only Terraform knows the length: cdktf shows it as a list of one marker. */
function isListToken(item: unknown): boolean {
  return typeof item === "string" && item.startsWith("#{TfToken[");
}

/** The text between the quotes of a Terraform string: expressions stay, quotes and backslashes around them are escaped. */
function templateText(text: string): string {
  return escapePolicyVariables(text)
    .split(/((?<!\$)\$\{[^}]*\})/)
    .map((part, index) => (index % 2 === 1 ? part : JSON.stringify(part).slice(1, -1)))
    .join("");
}

/**
 * `${aws:username}`, `${*}` or `${s3:prefix, 'x'}` is IAM's; `${aws_s3_bucket.logs.arn}` is Terraform's. IAM's have a colon behind a
 * service prefix or are one special character; Terraform's never look like this.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function escapePolicyVariables(text: string): string {
  return text.replace(/(?<!\$)\$\{(?=[*?$]\}|[A-Za-z0-9-]+:[^}"]*\})/g, "$$$${");
}
