/** Writes templates as texts of the JSON syntax, where every text is a template. */
import type { SyntaxTree } from "./body";
import { escapeQuoted, escapeTemplate } from "./escapes";
import type { Expression, Span, TemplatePart } from "./syntax";

/** Numbers with more digits than this stay expressions. */
const MOST_DIGITS = 300;

/** How to write the text between template sequences. */
type WriteText = (text: string) => string;

export class TemplateWriter {
  public constructor(private readonly tree: SyntaxTree) {}

  /** The template as a whole text. */
  public bare(parts: readonly TemplatePart[]): string {
    return this.parts(parts, escapeTemplate);
  }

  /** The key of an object: a name or number is its text. */
  public key(key: Expression): string {
    return key.kind === "traversal" ? this.source(key) : this.value(key, escapeTemplate);
  }

  public interpolated(expression: Expression): string {
    return `\${${this.source(expression)}}`;
  }

  private parts(parts: readonly TemplatePart[], write: WriteText): string {
    const written: string[] = [];
    for (const part of parts) {
      const next = this.part(part, write);
      protectSigns(written, next);
      written.push(next);
    }
    return written.join("");
  }

  private part(part: TemplatePart, write: WriteText): string {
    switch (part.kind) {
      case "text":
        return write(part.text);
      case "interpolation":
        return this.value(part.value, write);
      case "if": {
        const otherwise = this.parts(part.no, write);
        const middle = otherwise === "" ? "" : `%{else}${otherwise}`;
        return `%{if ${this.source(part.condition)}}${this.parts(part.yes, write)}${middle}%{endif}`;
      }
      case "for":
        return `%{for ${part.names.join(", ")} in ${this.source(part.over)}}${this.parts(part.each, write)}%{endfor}`;
    }
  }

  /** The form of an expression within a text. */
  private value(expression: Expression, write: WriteText): string {
    if (expression.kind === "template") return this.parts(expression.parts, write);
    const plain = expression.kind === "literal" && expression.isNegated !== true ? this.plain(expression) : undefined;
    return plain ?? this.interpolated(expression);
  }

  /** A literal as text, converted as Terraform does; undefined for extremely long numbers. */
  private plain({ value, start, end }: Expression & { kind: "literal" }): string | undefined {
    return typeof value === "number" ? decimal(this.tree.text.slice(start, end)) : String(value);
  }

  /**
   * The text of an expression as the file has it, with heredocs as quoted strings, so that a reader of `${…}` need not support heredocs.
   */
  public source({ start, end }: Span): string {
    const { text, heredocs } = this.tree;
    let result = "";
    let from = start;
    for (let index = this.firstHeredoc(start); index < heredocs.length && heredocs[index]!.start < end; index++) {
      const heredoc = heredocs[index]!;
      // Nested heredocs are written with the outer one.
      if (heredoc.start < from) continue;
      result += `${text.slice(from, heredoc.start)}"${this.parts(heredoc.parts, escapeQuoted)}"`;
      from = heredoc.end;
    }
    return result + text.slice(from, end);
  }

  /** The index of the first heredoc that begins at an offset or later. */
  private firstHeredoc(offset: number): number {
    const { heredocs } = this.tree;
    let low = 0;
    let high = heredocs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (heredocs[middle]!.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The number without an exponent, built from its digits because `String` would round it. */
function decimal(source: string): string | undefined {
  const [mantissa, exponent = "0"] = source.toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  if (Math.abs(Number(exponent)) > MOST_DIGITS) return undefined;
  const point = whole!.length + Number(exponent);
  const digits = point < 1 ? "0".repeat(1 - point) + whole + fraction : (whole! + fraction).padEnd(point, "0");
  let start = 0;
  let end = digits.length;
  const dot = Math.max(point, 1);
  while (start < dot - 1 && digits[start] === "0") start++;
  while (end > dot && digits[end - 1] === "0") end--;
  return end === dot ? digits.slice(start, dot) : `${digits.slice(start, dot)}.${digits.slice(dot, end)}`;
}

/** Prevents signs at the end from joining with what follows: `$` and `${x}` must not become `$${x}`. */
function protectSigns(written: string[], next: string): void {
  const sign = written.at(-1)?.at(-1);
  if ((sign !== "$" && sign !== "%") || !(next.startsWith("{") || next.startsWith(`${sign}{`))) return;
  let signs = "";
  for (let last = written.pop(); last !== undefined; last = written.pop()) {
    let end = last.length;
    while (last[end - 1] === sign) end--;
    signs += last.slice(end);
    if (end === 0) continue;
    written.push(last.slice(0, end));
    break;
  }
  written.push(`\${"${signs}"}`);
}
