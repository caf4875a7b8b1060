/** Builds the parts of a template from its tokens, after the removal of white space that the template asks for. */
import type { Scanner } from "./scanner";
import type { Expression, TemplatePart } from "./syntax";

interface Text {
  readonly kind: "text";
  /** In a heredoc, never more than one line. */
  text: string;
  readonly start: number;
}

interface If {
  readonly kind: "if";
  readonly condition: Expression;
  readonly start: number;
}

interface For {
  readonly kind: "for";
  readonly names: readonly string[];
  readonly over: Expression;
  readonly start: number;
}

/** Ends the parts before it. */
export type EndKeyword = "else" | "endif" | "endfor";

/** A piece of text, an interpolation, or one marker of a directive. */
export type TemplateToken =
  | Text
  | { readonly kind: "interpolation"; readonly value: Expression; readonly start: number }
  | If
  | For
  | { readonly kind: "end"; readonly keyword: EndKeyword; readonly start: number };

/** White space as Terraform defines it, which differs from `\s`. */
const SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEADING = new RegExp(`^[${SPACE}]+`);
const IS_SPACE = new RegExp(`[${SPACE}]`);

/** The text without the white space that `~` removes. */
export function trimmed(text: string, side: "start" | "end"): string {
  if (side === "start") return text.replace(LEADING, "");
  let end = text.length;
  while (end > 0 && IS_SPACE.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/**
 * Removes the indent that all lines of a `<<-` heredoc share, ignoring blank lines.
 *
 * A line begins after a text that ends with a line break. If `~` removed the break, the next line belongs to the same line.
 */
export function removeIndent(tokens: readonly TemplateToken[]): void {
  const first = tokens.filter((_, index) => index === 0 || endsLine(tokens[index - 1]!));
  const indented: Text[] = [];
  let shared = Number.POSITIVE_INFINITY;
  for (const token of first) {
    if (token.kind !== "text") {
      shared = 0;
      continue;
    }
    const indent = LEADING.exec(token.text)?.[0].length ?? 0;
    if (indent === token.text.length && endsLine(token)) continue;
    indented.push(token);
    shared = Math.min(shared, indent);
  }
  for (const token of indented) token.text = token.text.slice(shared);
}

function endsLine(token: TemplateToken): boolean {
  return token.kind === "text" && token.text.endsWith("\n");
}

/** The parts, with directives nested into each other. */
export function joinParts(tokens: readonly TemplateToken[], scanner: Scanner): TemplatePart[] {
  const nesting = new Nesting(tokens, scanner);
  const parts = nesting.partsUntil([]);
  return parts.length === 0 ? [{ kind: "text", text: "" }] : parts;
}

class Nesting {
  private index = 0;

  public constructor(
    private readonly tokens: readonly TemplateToken[],
    private readonly scanner: Scanner,
  ) {}

  /** The parts up to one of the markers, which is left to the caller; up to the end where none is given. */
  public partsUntil(ends: readonly EndKeyword[]): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let texts: string[] = [];
    const flush = (): void => {
      if (texts.length > 0) parts.push({ kind: "text", text: texts.join("").normalize("NFC") });
      texts = [];
    };
    for (;;) {
      const token = this.tokens[this.index];
      if (token === undefined) break;
      if (token.kind === "end") {
        if (!ends.includes(token.keyword)) this.scanner.fail(`"%{ ${token.keyword} }" has nothing to end here`, token.start);
        break;
      }
      this.index++;
      if (token.kind === "text") texts.push(token.text);
      else {
        flush();
        parts.push(token.kind === "interpolation" ? { kind: "interpolation", value: token.value } : this.directive(token));
      }
    }
    flush();
    return parts;
  }

  private directive(token: If | For): TemplatePart {
    return this.scanner.deeper("as before", (): TemplatePart => {
      if (token.kind === "for") {
        const each = this.partsUntil(["endfor"]);
        this.close("endfor", token);
        return { kind: "for", names: token.names, over: token.over, each };
      }
      const yes = this.partsUntil(["else", "endif"]);
      const hasElse = this.accept("else");
      const no = hasElse ? this.partsUntil(["endif"]) : [];
      this.close("endif", token);
      return { kind: "if", condition: token.condition, yes, no };
    });
  }

  private accept(keyword: EndKeyword): boolean {
    const token = this.tokens[this.index];
    if (token?.kind !== "end" || token.keyword !== keyword) return false;
    this.index++;
    return true;
  }

  private close(end: EndKeyword, opening: If | For): void {
    if (!this.accept(end)) this.scanner.fail(`"%{ ${opening.kind} }" is not closed by "%{ ${end} }"`, opening.start);
  }
}
