/** Parses JSON text that comes from outside. */
import { escapeUnknown, hasEscapedMark, hasUnknown, isWhollyUnknown, withoutMarks } from "../unknown";
import { duplicateMember } from "./duplicate-member";
import { isObject, setOwnValue } from "./values";

/** Parses JSON and replaces each U+0000 in it: that character marks what is not known, and input must not fake it. */
export function parseJson(text: string): unknown {
  return hasEscapedMark(text) ? JSON.parse(text, reviveWithoutMarks) : JSON.parse(text);
}

function reviveWithoutMarks(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === "string") return withoutMarks(value);
  if (!isObject(value)) return value;
  const target = value as Record<string, unknown>;
  for (const key of Object.keys(target)) {
    if (!hasUnknown(key)) continue;
    setOwnValue(target, withoutMarks(key), target[key]);
    delete target[key];
  }
  return value;
}

/** What is wrong with the text of a policy. */
export interface DocumentFault {
  /** The name of the element; empty for the document. */
  readonly element: string;
  readonly rule: string;
  readonly advice: string;
}

/** Parses the text of a policy. Text that placeholders make unreadable stands for itself. */
export function parseDocument(text: string): { readonly value: unknown } | DocumentFault {
  const trimmed = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (isWhollyUnknown(trimmed)) return { value: trimmed };
  const json = escapeUnknown(trimmed);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    if (hasUnknown(trimmed)) return { value: trimmed };
    return { element: "", rule: "must be JSON", advice: "check quotes, commas and brackets" };
  }
  if (typeof value === "string") return { element: "", rule: "must be an object", advice: "write the policy, not a text about it" };
  const twice = duplicateMember(json);
  return twice === undefined ? { value } : { element: twice, rule: "must stand only once in its object", advice: "join the two into one" };
}
