/** GitHub Flavored Markdown in which every text is only text. */
import { type EscapedText, plural, printable, printableLines } from "..";

/** The blocks as one document, with an empty line between them. */
export function markdownDocument(blocks: readonly string[]): EscapedText {
  return printableLines(`${blocks.join("\n\n")}\n`);
}

export function details(summary: string, content: string): string {
  return `<details><summary>${plain(summary)}</summary>\n\n${content}\n\n</details>`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that is nothing but text: no markup, no mention, no end of a table's cell. */
export function plain(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]()#|~!]/g, "\\$&")
    .replaceAll("@", "@\u200b");
}

/** A link to a web page; for any other address, the text alone. */
export function link(text: string, address: string): string {
  if (!/^https?:\/\//i.test(address)) return plain(text);
  const target = encodeURI(address.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"));
  return `[${plain(text)}](${target})`;
}

/** What ends a report that is cut: `1 more finding is not shown here.` */
export function notShown(count: number, noun: string): string {
  return `${plural(count, `more ${noun}`)} ${count === 1 ? "is" : "are"} not shown here.`;
}

/** Code in a table's cell: a bar would end the cell, a backtick the code. */
export function code(text: string): string {
  return `<code>${printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("|", "&#124;")
    .replaceAll("@", "&#64;")
    .replace(/[\\`*_[\]~]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}
