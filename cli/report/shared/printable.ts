/** Characters that a terminal obeys, that end a line, or that turn the text around them. */
const UNPRINTABLE = /[\x00-\x1f\x7f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text from a plan or from outside, for a line of text: each such character as its escape, `\u001b`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
