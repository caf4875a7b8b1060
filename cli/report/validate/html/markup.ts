/** HTML in which every text is escaped unless it is markup itself. */

/** A piece of HTML that was built here. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = string | number | undefined | Markup | readonly Part[];

/** The template, with each value escaped; lists are joined, nothing stands for undefined. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(strings.map((text, index) => text + render(values[index])).join(""));
}

function render(value: Part): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join("");
  return escapeText(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Characters that are not visible, that end a line, or that change the direction of text: shown by their number. */
const UNSEEN = /[\x00-\x1f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

export function escapeText(text: string): string {
  return text
    .replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
