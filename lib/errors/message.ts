/**
 * The form of every message: `Code: 'prop' rule, got <JSON>; <what to do> (at <construct path>)`.
 *
 * The code stands in the text because jsii carries only the text of an error to other languages.
 */

/** A prop as the user wrote it. */
export interface PropValue {
  /** `bucketName`, `validation.mode`, `externalIds[0]`. */
  readonly prop: string;
  readonly got: unknown;
  /** Path of the construct; empty where there is none yet. */
  readonly at: string;
}

/** The parts of a message. */
interface Parts extends PropValue {
  readonly code: string;
  /** Completes the sentence that the prop begins: `must have 3 to 63 characters`. */
  readonly rule: string;
  /** What to do. */
  readonly remedy: string;
}

export function message(parts: Parts): Error {
  return messageWithoutValue({ ...parts, rule: `${parts.rule}, got ${shown(parts.got)}` });
}

/** Of a prop whose value does not matter or must not be shown. */
export function messageWithoutValue({ code, prop, rule, remedy, at }: Omit<Parts, "got">): Error {
  const where = at === "" ? "" : ` (at ${at})`;
  return new Error(`${code}: '${prop}' ${rule}; ${remedy}${where}`);
}

/** What a message shows of a value at most: enough to find it, and little enough to read the remedy behind it. */
const LONGEST_VALUE = 300;

/** Characters that JSON does not escape and that nobody sees, or that change the direction of the text around them. */
const UNSEEN = /[\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The value as JSON; a word for what JSON cannot hold. */
function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "symbol") return String(value);
  try {
    const json = JSON.stringify(value) ?? "undefined";
    const start = json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE)}... (${json.length} characters)` : json;
    return start.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  } catch {
    return "an object that JSON cannot hold";
  }
}
