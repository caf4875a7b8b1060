/**
 * Texts that may hold both Terraform expressions and IAM policy variables.
 *
 * Both are written `${…}`. In Terraform JSON every text is a template, so that policy variables must be escaped.
 */

/** A piece of a text: a Terraform expression with its braces, or literal text, unescaped. */
export interface TemplatePart {
  readonly text: string;
  readonly isExpression: boolean;
}

/**
 * `${aws:username}`, `${*}` or `${aws:PrincipalTag/team, 'none'}`: a service prefix or an identity provider with one colon, or one
 * special character. No expression of Terraform begins like this.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const POLICY_VARIABLE = /\$\{(?:[*?$]|[\w./-]+:(?!:)[^}"]*)\}/y;

/**
 * The pieces of a text, in order.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function templateParts(text: string): TemplatePart[] {
  if (!text.includes("{")) return text === "" ? [] : [{ text, isExpression: false }];
  const parts: TemplatePart[] = [];
  let literal = "";
  const endLiteral = () => {
    if (literal !== "") parts.push({ text: literal, isExpression: false });
    literal = "";
  };
  let index = 0;
  while (index < text.length) {
    const next = text.slice(index).search(/[$%]\{/);
    if (next === -1) break;
    const start = index + next;
    const end = expressionEnd(text, start);
    if (end !== undefined) {
      literal += text.slice(index, start);
      endLiteral();
      parts.push({ text: text.slice(start, end), isExpression: true });
      index = end;
    } else {
      const escaped = text[start] === text[start - 1] && start > index;
      literal += `${text.slice(index, escaped ? start - 1 : start)}${text[start]}{`;
      index = start + 2;
    }
  }
  literal += text.slice(index);
  endLiteral();
  return parts;
}

/** Whether the text holds a Terraform expression. */
export function hasExpression(text: string): boolean {
  return templateParts(text).some(({ isExpression }) => isExpression);
}

/** The literal parts of the text, without expressions and escapes. */
export function literalText(text: string): string {
  return templateParts(text)
    .filter(({ isExpression }) => !isExpression)
    .map((part) => part.text)
    .join("");
}

/** A literal text, escaped for Terraform JSON. */
export function escapeTemplate(literal: string): string {
  return literal.replace(/[$%](?=\{)/g, "$&$&");
}

/**
 * The text as a Terraform expression: a quoted string that keeps its expressions and escapes the rest, or the one expression that the
 * text consists of.
 */
export function templateExpression(text: string): string {
  const parts = templateParts(text);
  if (parts.length === 1 && parts[0]!.isExpression) return parts[0]!.text.replace(/^\$\{~?\s*|\s*~?\}$/g, "");
  return `"${parts.map((part) => (part.isExpression ? part.text : quotedText(part.text))).join("")}"`;
}

/** The text between the quotes of a Terraform string, which knows fewer escapes than JSON. */
function quotedText(literal: string): string {
  const json = JSON.stringify(literal).slice(1, -1);
  return escapeTemplate(json.replace(/\\./g, (pair) => ({ "\\b": "\\u0008", "\\f": "\\u000c" })[pair] ?? pair));
}

/** The end of the expression that begins here, or undefined. Terraform refuses one that is never closed. */
function expressionEnd(text: string, start: number): number | undefined {
  if (text[start] !== "$" || text[start - 1] === "$") return undefined;
  POLICY_VARIABLE.lastIndex = start;
  if (POLICY_VARIABLE.test(text)) return undefined;
  return closingBrace(text, start + 2) ?? text.length;
}

function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    if (text[index] === '"') {
      const end = closingQuote(text, index + 1);
      if (end === undefined) return undefined;
      index = end - 1;
    } else if (text[index] === "{") depth++;
    else if (text[index] === "}" && depth-- === 0) return index + 1;
  }
  return undefined;
}

function closingQuote(text: string, from: number): number | undefined {
  for (let index = from; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') return index + 1;
    else if (text.startsWith("${", index) && text[index - 1] !== "$") {
      const end = closingBrace(text, index + 2);
      if (end === undefined) return undefined;
      index = end - 1;
    }
  }
  return undefined;
}
