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

/** The value as JSON; a word for what JSON cannot hold. */
function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "symbol") return String(value);
  try {
    return JSON.stringify(value) ?? "undefined";
  } catch {
    return "an object that JSON cannot hold";
  }
}
