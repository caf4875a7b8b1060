/** Escape sequences of quoted strings and templates, in both directions. */
import { withoutMarks } from "../../unknown";

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);
const HEXADECIMAL = /[0-9a-fA-F]+/y;
const LONGEST_CODE = 0x10ffff;

/** The meaning of an escape sequence, or the reason why it is invalid. */
type Escaped = { readonly value: string; readonly length: number; readonly reason?: undefined } | { readonly reason: string };

/** Reads the sequence that begins with the backslash at a position. */
export function readEscape(text: string, at: number): Escaped {
  const kind = text[at + 1] ?? "";
  const simple = SIMPLE.get(kind);
  if (simple !== undefined) return { value: simple, length: 2 };
  if (kind !== "u" && kind !== "U") return { reason: `"\\${kind}" is no escape sequence; a backslash is written "\\\\"` };
  const digits = kind === "u" ? 4 : 8;
  const source = text.slice(at + 2, at + 2 + digits);
  HEXADECIMAL.lastIndex = 0;
  if (source.length < digits || !HEXADECIMAL.test(source) || HEXADECIMAL.lastIndex < digits) {
    return { reason: `"\\${kind}" must be followed by ${digits} hexadecimal digits` };
  }
  const code = Number.parseInt(source, 16);
  if (code > LONGEST_CODE || (code >= 0xd800 && code <= 0xdfff)) return { reason: `"\\${kind}${source}" is no character` };
  return { value: withoutMarks(String.fromCodePoint(code)), length: digits + 2 };
}

/** The text so that a template holds it as it is. */
export function escapeTemplate(text: string): string {
  return text.includes("{") ? text.replace(/([$%])\{/g, "$1$1{") : text;
}

const NEEDS_BACKSLASH = /["\\\n\r\t]/g;
const BACKSLASHED: ReadonlyMap<string, string> = new Map([...SIMPLE].map(([letter, character]) => [character, `\\${letter}`]));

/** The text so that a quoted template holds it as it is. */
export function escapeQuoted(text: string): string {
  return escapeTemplate(text).replace(NEEDS_BACKSLASH, (character) => BACKSLASHED.get(character)!);
}
