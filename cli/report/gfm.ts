/** GitHub Flavored Markdown, with every text made harmless. */

export const MARKS = { pass: "✅", fail: "❌", unknown: "❔" } as const;

export function details(summary: string, content: string): string {
  return `<details><summary>${plain(summary)}</summary>\n\n${content}\n\n</details>`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that is nothing but text: no markup, no mention, no end of a table's cell. */
export function plain(text: string): string {
  return text
    .replace(/[\r\n]+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]()#|~!]/g, "\\$&")
    .replaceAll("@", "@\u200b");
}

/** Code in a table's cell: a bar would end the cell, a backtick the code. */
export function code(text: string): string {
  return `<code>${text
    .replace(/[\r\n]+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("|", "&#124;")
    .replaceAll("@", "&#64;")
    .replace(/[\\`*_[\]~]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}
