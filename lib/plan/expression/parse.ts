/**
 * Parses Terraform's string templates and expressions.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import { type Expression, ExpressionSyntaxError, type ForExpression, type Step } from "./syntax";

type Form = Expression extends infer Each ? (Each extends Expression ? Omit<Each, "source"> : never) : never;

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
/** Letters of all scripts; only tried where a name has others than those above, because it is much slower. */
const ANY_IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Text without any character that could end it or begin something else. */
const PLAIN = /[^$%"\\]+/y;
/** Binary operators and how tightly they bind. */
const OPERATORS: ReadonlyMap<string, number> = new Map(
  [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]].flatMap((level, index) =>
    level.map((operator) => [operator, index] as const),
  ),
);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);
/** No expression that people write comes near; deeper ones would exhaust the stack. */
const DEEPEST = 150;

/** Whether the text is more than a plain text: it holds `${` or `%{`, escaped or not. */
export function isTemplate(text: string): boolean {
  return text.includes("{") && (text.includes("${") || text.includes("%{"));
}

/** Parses a text of Terraform's JSON syntax, where every text is a template. One that is a single `${…}` stands for the value in it. */
export function parseTemplate(text: string): Expression {
  return new Parser(text).bareTemplate();
}

/** Parses an expression as it stands between `${` and `}`. */
export function parseExpression(text: string): Expression {
  return new Parser(text).wholeExpression();
}

class Parser {
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  public bareTemplate(): Expression {
    const parts = this.templateParts(false);
    return parts.length === 1 ? parts[0]! : { kind: "template", parts, source: this.text };
  }

  public wholeExpression(): Expression {
    const expression = this.expression();
    this.space();
    if (this.at < this.text.length) this.fail();
    return expression;
  }

  private templateParts(quoted: boolean): Expression[] {
    const parts: Expression[] = [];
    let literal = "";
    const flush = (): void => {
      if (literal !== "") parts.push({ kind: "literal", value: literal, source: literal });
      literal = "";
    };
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        if (quoted) this.fail();
        break;
      }
      if (quoted && character === '"') break;
      if (quoted && character === "\\") {
        literal += this.escape();
      } else if ((character === "$" || character === "%") && this.text.startsWith(`${character}{`, this.at + 1)) {
        literal += `${character}{`;
        this.at += 3;
      } else if (character === "$" && this.text[this.at + 1] === "{") {
        flush();
        this.at += 2;
        if (this.text[this.at] === "~") this.fail();
        parts.push(this.expression());
        this.expect("}");
      } else if (character === "%" && this.text[this.at + 1] === "{") {
        throw new ExpressionSyntaxError("template directives (%{ … }) are not read", { cause: "unsupported" });
      } else {
        this.at++;
        literal += character + (this.match(PLAIN) ?? "");
      }
    }
    flush();
    return parts;
  }

  private escape(): string {
    const kind = this.text[this.at + 1] ?? "";
    const simple = ESCAPES.get(kind);
    this.at += 2;
    if (simple !== undefined) return simple;
    const digits = this.text.slice(this.at, this.at + (kind === "U" ? 8 : 4));
    const code = Number.parseInt(digits, 16);
    if ((kind !== "u" && kind !== "U") || !/^(?:[0-9a-fA-F]{4}){1,2}$/.test(digits) || code > 0x10ffff) this.fail();
    this.at += digits.length;
    return code === 0 ? "\ufffd" : String.fromCodePoint(code);
  }

  private expression(): Expression {
    if (++this.depth > DEEPEST) this.fail();
    this.space();
    const start = this.at;
    const test = this.binary(0);
    let result = test;
    if (this.accept("?")) {
      const yes = this.expression();
      this.expect(":");
      const no = this.expression();
      result = this.node(start, { kind: "conditional", test, yes, no });
    }
    this.depth--;
    return result;
  }

  private binary(loosest: number): Expression {
    this.space();
    const start = this.at;
    let left = this.unary();
    for (;;) {
      const operator = this.operator();
      const level = operator === undefined ? -1 : OPERATORS.get(operator)!;
      if (operator === undefined || level < loosest) return left;
      this.at += operator.length;
      left = this.node(start, { kind: "binary", operator, left, right: this.binary(level + 1) });
    }
  }

  /** The binary operator that comes next, which is not consumed. */
  private operator(): string | undefined {
    this.space();
    const one = this.text[this.at];
    if (one === undefined || !"|&=!<>+-*/%".includes(one)) return undefined;
    const two = this.text.slice(this.at, this.at + 2);
    return OPERATORS.has(two) ? two : OPERATORS.has(one) ? one : undefined;
  }

  private unary(): Expression {
    this.space();
    const start = this.at;
    const character = this.text[start];
    if ((character === "!" && this.text[start + 1] !== "=") || character === "-") {
      this.at++;
      if (++this.depth > DEEPEST) this.fail();
      const of = this.unary();
      this.depth--;
      return this.node(start, { kind: "unary", operator: character, of });
    }
    return this.postfix(start, this.primary(start));
  }

  private primary(start: number): Expression {
    const character = this.text[start];
    if (character === "(") {
      this.at++;
      const inner = this.expression();
      this.expect(")");
      return this.node(start, { kind: "relative", of: inner, steps: [] });
    }
    if (character === '"') {
      this.at++;
      const parts = this.templateParts(true);
      this.expect('"');
      const only = parts.length === 1 ? parts[0]! : undefined;
      if (parts.length === 0) return this.node(start, { kind: "literal", value: "" });
      return only ?? this.node(start, { kind: "template", parts });
    }
    if (character === "[") return this.list(start);
    if (character === "{") return this.object(start);
    const number = this.match(NUMBER);
    if (number !== undefined) return this.node(start, { kind: "literal", value: Number(number) });
    let name = this.identifier();
    while (this.text.startsWith("::", this.at)) {
      this.at += 2;
      name += `::${this.identifier()}`;
    }
    this.space();
    if (this.text[this.at] === "(") return this.call(start, name);
    if (name === "true" || name === "false") return this.node(start, { kind: "literal", value: name === "true" });
    if (name === "null") return this.node(start, { kind: "literal", value: null });
    return this.node(start, { kind: "traversal", root: name, steps: [] });
  }

  private postfix(start: number, base: Expression): Expression {
    const { steps, splat } = this.steps();
    let result = base;
    if (steps.length > 0) {
      const joined: Form = base.kind === "traversal" ? { ...base, steps } : { kind: "relative", of: base, steps };
      result = this.node(start, joined);
    }
    if (splat === undefined) return result;
    this.at += splat === "." ? 2 : 3;
    const each = this.steps(splat === "." ? "attributes" : "all");
    const after = splat === "." ? this.steps() : each;
    if (each.splat !== undefined && splat !== ".") this.fail();
    if (after.splat !== undefined) this.fail();
    return this.node(start, { kind: "splat", of: result, steps: each.steps, after: splat === "." ? after.steps : [] });
  }

  /** Reads `.name`, `.0` and `[key]` up to the first splat, whose first character it tells without consuming it. */
  private steps(which: "all" | "attributes" = "all"): { steps: Step[]; splat?: "." | "[" } {
    const steps: Step[] = [];
    for (;;) {
      const before = this.at;
      this.space();
      const character = this.text[this.at];
      if (character === ".") {
        if (this.text[this.at + 1] === "*") return { steps, splat: "." };
        if (this.text.startsWith("...", this.at)) return { steps };
        this.at++;
        const number = this.match(NUMBER);
        if (number === undefined) steps.push({ attribute: this.identifier() });
        else for (const part of number.split(".")) steps.push({ key: { kind: "literal", value: Number(part), source: part } });
      } else if (character === "[" && which === "all") {
        if (this.text.startsWith("[*]", this.at)) return { steps, splat: "[" };
        this.at++;
        steps.push({ key: this.expression() });
        this.expect("]");
      } else {
        this.at = before;
        return { steps };
      }
    }
  }

  private call(start: number, name: string): Expression {
    this.expect("(");
    const args: Expression[] = [];
    let expand = false;
    while (!this.accept(")")) {
      args.push(this.expression());
      expand = this.accept("...");
      if (this.accept(",") && !expand) continue;
      this.expect(")");
      break;
    }
    return this.node(start, { kind: "call", name, args, expand });
  }

  private list(start: number): Expression {
    this.expect("[");
    if (this.acceptWord("for")) return this.node(start, this.forExpression("]"));
    const items: Expression[] = [];
    while (!this.accept("]")) {
      items.push(this.expression());
      if (this.accept(",")) continue;
      this.expect("]");
      break;
    }
    return this.node(start, { kind: "list", items });
  }

  private object(start: number): Expression {
    this.expect("{");
    if (this.acceptWord("for")) return this.node(start, this.forExpression("}"));
    const entries: (readonly [Expression, Expression])[] = [];
    while (!this.accept("}")) {
      const key = this.expression();
      if (!this.accept("=")) this.expect(":");
      // A bare word in the place of a key is a text, not a reference.
      const bare = key.kind === "traversal" && key.steps.length === 0;
      entries.push([bare ? { kind: "literal", value: key.root, source: key.source } : key, this.expression()]);
      this.accept(",");
    }
    return this.node(start, { kind: "object", entries });
  }

  private forExpression(close: "]" | "}"): Omit<ForExpression, "source"> {
    this.space();
    let valueName = this.identifier();
    let keyName: string | undefined;
    if (this.accept(",")) {
      keyName = valueName;
      this.space();
      valueName = this.identifier();
    }
    if (!this.acceptWord("in")) this.fail();
    const over = this.expression();
    this.expect(":");
    const first = this.expression();
    const key = close === "}" ? first : undefined;
    if (close === "}") this.expect("=>");
    const value = close === "}" ? this.expression() : first;
    const grouped = this.accept("...");
    const condition = this.acceptWord("if") ? this.expression() : undefined;
    this.expect(close);
    return { kind: "for", keyName, valueName, over, key, value, condition, grouped };
  }

  private node(start: number, form: Form): Expression {
    return Object.assign(form, { source: this.text.slice(start, this.at).trimEnd() }) as Expression;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private identifier(): string {
    return this.word() ?? this.fail();
  }

  private word(): string | undefined {
    const start = this.at;
    const word = this.match(IDENTIFIER);
    if (!(this.text.charCodeAt(this.at) > 0x7f)) return word;
    this.at = start;
    return this.match(ANY_IDENTIFIER);
  }

  private acceptWord(word: string): boolean {
    this.space();
    const before = this.at;
    if (this.word() === word) return true;
    this.at = before;
    return false;
  }

  private accept(token: string): boolean {
    this.space();
    if (!this.text.startsWith(token, this.at)) return false;
    // `=` is no part of `==` or `=>`, `!` none of `!=`, `<` none of `<=`.
    if (token === "=" && /[=>]/.test(this.text[this.at + 1] ?? "")) return false;
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token)) this.fail();
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) this.at++;
      else if (code === 0x23 || (code === 0x2f && this.text[this.at + 1] === "/")) this.skipTo("\n");
      else if (code === 0x2f && this.text[this.at + 1] === "*") this.skipTo("*/");
      else return;
    }
  }

  private skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at);
    this.at = found < 0 ? this.text.length : found + end.length;
  }

  private fail(): never {
    throw new ExpressionSyntaxError(`unexpected ${JSON.stringify(this.text.slice(this.at, this.at + 12))} at character ${this.at + 1}`);
  }
}
