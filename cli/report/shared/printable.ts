/** Text that may be written to a stream: without control characters from a plan, from AWS or from a file. */

declare const escaped: unique symbol;

/** The only type of text that an `Output` accepts, so that no report can forget to escape. Only the functions of this file create it. */
export type EscapedText = string & { readonly [escaped]: true };

/** Control characters, line separators, and characters that change the direction of the text around them. */
const CONTROL = /[\x00-\x1f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const CONTROL_BUT_NEWLINE = /[\x00-\x09\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text for one line: each control character as its escape, `\u001b`. */
export function printable(text: string): EscapedText {
  return text.replace(CONTROL, escapeOf) as EscapedText;
}

/** The same for a text of several lines whose line breaks are its own. */
export function printableLines(text: string): EscapedText {
  return text.replace(CONTROL_BUT_NEWLINE, escapeOf) as EscapedText;
}

/** One line of plain text with its line break. */
export function printableLine(text: string): EscapedText {
  return `${printable(text)}\n` as EscapedText;
}

/** A value as JSON that ends in a line break. Inside JSON the escapes mean the same characters. */
export function jsonText(value: unknown, indent?: number): EscapedText {
  return printableLines(`${JSON.stringify(value, null, indent)}\n`);
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
