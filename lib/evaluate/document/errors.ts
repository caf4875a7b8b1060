import { showUnknownInJson } from "../../unknown";

/** A policy document that AWS would not accept, or that uses grammar which is not evaluated. */
export class PolicyGrammarError extends Error {
  override readonly name = "PolicyGrammarError";
}

/** The longest part of a wrong value that a message repeats. */
const LONGEST_VALUE = 120;

/** `InvalidPolicy: 'Statement[0].Effect' must be …, got …; do … (at bucket policy)`. */
export function grammarError(fault: {
  /** The path of the element; empty for the document. */
  readonly element: string;
  readonly rule: string;
  readonly value: unknown;
  readonly advice: string;
  readonly where: string;
}): PolicyGrammarError {
  const { element, rule, value, advice, where } = fault;
  return new PolicyGrammarError(`InvalidPolicy: '${element || "document"}' ${rule}, got ${showValue(value)}; ${advice} (at ${where})`);
}

/** The value as JSON, shortened; never throws, whatever the value. */
function showValue(value: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    json = undefined;
  }
  const text = json === undefined ? (value === undefined ? "nothing" : `a value of type ${typeof value}`) : showUnknownInJson(json);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
