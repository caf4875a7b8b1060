/** A policy document that AWS would not accept, or that uses grammar which is not evaluated. */
export class PolicyGrammarError extends Error {
  override readonly name = "PolicyGrammarError";
}

/** Longest piece of a wrong value that a message repeats. */
const LONGEST_VALUE = 120;

/** `Policy: 'Statement[0].Effect' must be …, got …; do … (at bucket policy)`. */
export function grammarError(element: string, rule: string, value: unknown, advice: string, where: string): PolicyGrammarError {
  const element_ = element === "" ? "document" : element;
  return new PolicyGrammarError(`InvalidPolicy: '${element_}' ${rule}, got ${showValue(value)}; ${advice} (at ${where})`);
}

/** The value as JSON, cut short; never throws, whatever the value. */
function showValue(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  // Placeholders are shown as in Terraform.
  text = text?.replace(/\\u0000(.*?)\\u0000/g, "${$1}");
  text ??= value === undefined ? "nothing" : `a value of type ${typeof value}`;
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
