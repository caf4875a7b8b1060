/**
 * Parses Terraform's string templates and expressions.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import { unknownText } from "../../unknown";
import { numberInText } from "../values/numbers";
import { type Expression, type ForExpression, SPLAT_ITEM, type Step } from "./syntax";
import { type Form, TemplateParser } from "./template-parser";

const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Binary operators and how tightly they bind. */
const OPERATORS: ReadonlyMap<string, number> = new Map(
  [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]].flatMap((level, index) =>
    level.map((operator) => [operator, index] as const),
  ),
);
/** Far deeper than any real expression. Deeper ones would exhaust the stack. */
const DEEPEST = 150;

/** Whether the text holds `${` or `%{`, escaped or not. */
export function isTemplate(text: string): boolean {
  return text.includes("{") && (text.includes("${") || text.includes("%{"));
}

/** Parses a text of Terraform's JSON syntax, where every text is a template. A text that is a single `${…}` has the value of that expression. */
export function parseTemplate(text: string): Expression {
  return new Parser(text).bareTemplate();
}

/** Parses an expression, the part between `${` and `}`. */
export function parseExpression(text: string): Expression {
  return new Parser(text).wholeExpression();
}

class Parser extends TemplateParser {
  private depth = 0;

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

  protected expression(): Expression {
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

  /** The next binary operator, which is not consumed. */
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
    if (number !== undefined) return this.node(start, { kind: "literal", value: numberInText(number) ?? unknownText(number) });
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
    let result = base;
    for (;;) {
      const { steps, splat } = this.steps();
      result = this.withSteps(start, result, steps);
      if (splat === undefined) return result;
      this.at += splat === "." ? 2 : 3;
      if (++this.depth > DEEPEST) this.fail();
      const item = this.node(this.at, { kind: "traversal", root: SPLAT_ITEM, steps: [] });
      // Everything after `[*]` applies to each item. After `.*`, only attributes do.
      const each = splat === "[" ? this.postfix(this.at, item) : this.withSteps(this.at, item, this.attributes());
      this.depth--;
      result = this.node(start, { kind: "splat", of: result, each });
    }
  }

  private withSteps(start: number, base: Expression, steps: readonly Step[]): Expression {
    if (steps.length === 0) return base;
    const joined: Form = base.kind === "traversal" && base.steps.length === 0 ? { ...base, steps } : { kind: "relative", of: base, steps };
    return this.node(start, joined);
  }

  private attributes(): readonly Step[] {
    const { steps, splat } = this.steps("attributes");
    return splat === undefined ? steps : this.fail();
  }

  /** Reads `.name`, `.0` and `[key]` up to the first splat, and returns the first character of the splat without consuming it. */
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
      entries.push([keyOf(key), this.expression()]);
      this.accept(",");
    }
    return this.node(start, { kind: "object", entries });
  }

  private forExpression(close: "]" | "}"): Omit<ForExpression, "source"> {
    const { keyName, valueName, over } = this.forIntroduction();
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
}

/** A bare word as a key is a text, not a reference, and not null either. */
function keyOf(key: Expression): Expression {
  if (key.kind === "traversal" && key.steps.length === 0) return { kind: "literal", value: key.root, source: key.source };
  return key.kind === "literal" && key.value === null ? { kind: "literal", value: key.source, source: key.source } : key;
}
