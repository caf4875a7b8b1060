/** Parses string templates: text with expressions between `${` and `}`, and directives between `%{` and `}`. */
import { trimmed } from "../hcl/template-tokens";
import { Scanner } from "./scanner";
import type { Expression, ForExpression } from "./syntax";

export type Form = Expression extends infer Each ? (Each extends Expression ? Omit<Each, "source"> : never) : never;

/** Text without characters that could end it or begin an escape or expression. */
const PLAIN = /[^$%"\\]+/y;
const DEEPEST = 150;

type EndKeyword = "else" | "endif" | "endfor";

/** The parts of a template up to a keyword that ends them, or up to the end of the template. */
interface Section {
  readonly parts: readonly Expression[];
  readonly end: EndKeyword | undefined;
}

export abstract class TemplateParser extends Scanner {
  private nesting = 0;
  /** Whether the last sequence ended with `~}`, which removes the white space after it. */
  private trimsNext = false;

  protected abstract expression(): Expression;

  protected node(start: number, form: Form): Expression {
    return Object.assign(form, { source: this.text.slice(start, this.at).trimEnd() }) as Expression;
  }

  protected templateParts(quoted: boolean): readonly Expression[] {
    const before = this.trimsNext;
    this.trimsNext = false;
    const { parts, end } = this.section(quoted);
    if (end !== undefined) this.fail();
    this.trimsNext = before;
    return parts;
  }

  private section(quoted: boolean): Section {
    const parts: Expression[] = [];
    let literal = "";
    const flush = (trimsEnd: boolean): void => {
      if (this.trimsNext) literal = trimmedStart(literal, quoted);
      if (trimsEnd) literal = trimmedEnd(literal, quoted);
      if (literal !== "") parts.push({ kind: "literal", value: literal.normalize("NFC"), source: literal });
      literal = "";
      this.trimsNext = false;
    };
    for (;;) {
      const start = this.at;
      const character = this.text[start];
      if (character === undefined && quoted) this.fail();
      if (character === undefined || (quoted && character === '"')) break;
      if ((character !== "$" && character !== "%") || this.text[start + 1] !== "{") {
        literal += this.plainText(character, quoted);
        continue;
      }
      const trimsEnd = this.text[start + 2] === "~";
      this.at += trimsEnd ? 3 : 2;
      flush(trimsEnd);
      const next = character === "$" ? this.interpolation() : this.directive(start, quoted);
      if (typeof next === "string") return { parts, end: next };
      parts.push(next);
    }
    flush(false);
    return { parts, end: undefined };
  }

  /** Text up to the next character that may end it, or one escape sequence. */
  private plainText(character: string, quoted: boolean): string {
    if (quoted && character === "\\") return this.escape();
    if ((character === "$" || character === "%") && this.text.startsWith(`${character}{`, this.at + 1)) {
      this.at += 3;
      return `${character}{`;
    }
    this.at++;
    return character + (this.match(PLAIN) ?? "");
  }

  private interpolation(): Expression {
    const value = this.expression();
    this.closeSequence();
    return value;
  }

  private closeSequence(): void {
    this.trimsNext = this.accept("~");
    this.expect("}");
  }

  /** A whole directive, or the keyword that ends the parts before it. */
  private directive(start: number, quoted: boolean): Expression | EndKeyword {
    this.space();
    const keyword = this.identifier();
    if (keyword === "else" || keyword === "endif" || keyword === "endfor") {
      this.closeSequence();
      return keyword;
    }
    if (++this.nesting > DEEPEST) this.fail();
    const result = keyword === "if" ? this.ifDirective(start, quoted) : keyword === "for" ? this.forDirective(start, quoted) : this.fail();
    this.nesting--;
    return result;
  }

  private ifDirective(start: number, quoted: boolean): Expression {
    const test = this.expression();
    this.closeSequence();
    const yes = this.section(quoted);
    const no = yes.end === "else" ? this.section(quoted) : { parts: [], end: yes.end };
    if (no.end !== "endif") this.fail();
    return this.node(start, { kind: "conditional", test, yes: this.templateOf(start, yes), no: this.templateOf(start, no) });
  }

  /** As a call of `join` over a `for` expression, which means the same. */
  private forDirective(start: number, quoted: boolean): Expression {
    const { keyName, valueName, over } = this.forIntroduction();
    this.closeSequence();
    const each = this.section(quoted);
    if (each.end !== "endfor") this.fail();
    const value = this.templateOf(start, each);
    const list = this.node(start, { kind: "for", keyName, valueName, over, key: undefined, value, condition: undefined, grouped: false });
    return this.node(start, { kind: "call", name: "join", args: [{ kind: "literal", value: "", source: "" }, list], expand: false });
  }

  private templateOf(start: number, { parts }: Section): Expression {
    return this.node(start, { kind: "template", parts });
  }

  /** Reads `item in list` or `key, value in map` after the word `for`. */
  protected forIntroduction(): Pick<ForExpression, "keyName" | "valueName" | "over"> {
    this.space();
    let valueName = this.identifier();
    let keyName: string | undefined;
    if (this.accept(",")) {
      keyName = valueName;
      this.space();
      valueName = this.identifier();
    }
    if (!this.acceptWord("in")) this.fail();
    return { keyName, valueName, over: this.expression() };
  }
}

/** A quoted text loses all white space there; a text of the JSON syntax loses that of one line. */
function trimmedStart(text: string, quoted: boolean): string {
  const end = quoted ? text.length : text.indexOf("\n") + 1 || text.length;
  return trimmed(text.slice(0, end), "start") + text.slice(end);
}

function trimmedEnd(text: string, quoted: boolean): string {
  const start = quoted ? 0 : text.lastIndexOf("\n", text.length - 2) + 1;
  return text.slice(0, start) + trimmed(text.slice(start), "end");
}
