/** Reads the arguments and blocks of a file. */
import { readEscape } from "./escapes";
import { ExpressionParser } from "./expression";
import type { Scanner } from "./scanner";
import type { Attribute, Block, Body, Span, Template } from "./syntax";
import type { Token } from "./tokens";

export interface SyntaxTree {
  readonly body: Body;
  readonly text: string;
  /** All of them, ordered by their start. */
  readonly heredocs: readonly (Template & Span)[];
}

/** Parses a whole file. Throws `HclSyntaxError`. */
export function parseSyntax(scanner: Scanner): SyntaxTree {
  const expressions = new ExpressionParser(scanner);
  const body = new BodyParser(scanner, expressions).read("end");
  return { body, text: scanner.text, heredocs: expressions.heredocs };
}

class BodyParser {
  public constructor(
    private readonly scanner: Scanner,
    private readonly expressions: ExpressionParser,
  ) {}

  /** Reads to the closing token, inclusive. */
  public read(close: "end" | "}"): Body {
    const { scanner } = this;
    const items: (Attribute | Block)[] = [];
    const kinds = new Map<string, "attribute" | "block">();
    for (;;) {
      while (scanner.accept("newline"));
      if (scanner.accept(close)) return { items };
      const name = this.name(close);
      const item = this.item(name);
      const before = kinds.get(item.kind === "block" ? item.type : item.name);
      if (before !== undefined && (before !== item.kind || item.kind === "attribute")) {
        const what = before === item.kind ? "twice" : "as an argument and as a block";
        scanner.fail(`${JSON.stringify(scanner.textOf(name))} stands here ${what}`, name.start);
      }
      kinds.set(scanner.textOf(name), item.kind);
      items.push(item);
    }
  }

  private name(close: "end" | "}"): Token {
    const { scanner } = this;
    if (scanner.peek().type === '"') scanner.fail("the name of an argument or block must not be quoted", scanner.peek().start);
    return scanner.expect("identifier", close === "}" ? 'expected an argument, a block or "}"' : "expected an argument or a block");
  }

  private item(name: Token): Attribute | Block {
    const { scanner } = this;
    const item = scanner.peek().type === "=" ? this.attribute(name) : this.block(name);
    const { type } = scanner.peek();
    if (type === ",") scanner.fail("arguments must be separated by line breaks, not by commas", scanner.peek().start);
    if (type !== "newline" && type !== "end") {
      scanner.fail(item.kind === "block" ? "expected a line break after the block" : "expected a line break after the argument");
    }
    return item;
  }

  private attribute(name: Token): Attribute {
    this.scanner.read();
    const value = this.expressions.read();
    return { kind: "attribute", name: this.scanner.textOf(name), value, start: name.start, end: value.end };
  }

  private block(name: Token): Block {
    const { scanner } = this;
    const labels: string[] = [];
    while (!scanner.accept("{")) {
      const token = scanner.peek();
      if (token.type === '"') labels.push(this.quotedLabel());
      else if (token.type === "identifier") labels.push(scanner.textOf(scanner.read()));
      else
        scanner.fail(labels.length === 0 ? `expected "=" or "{" after ${JSON.stringify(scanner.textOf(name))}` : 'expected a label or "{"');
    }
    const body = scanner.deeper("read", () => this.blockBody(scanner.at - 1));
    return { kind: "block", type: scanner.textOf(name), labels, body, start: name.start, end: scanner.at };
  }

  private blockBody(brace: number): Body {
    const { scanner } = this;
    const { type } = scanner.peek();
    if (type === "end") scanner.fail('the block is not closed by "}"', brace);
    if (type === "newline" || type === "}") return this.read("}");
    const name = this.name("}");
    if (scanner.peek().type !== "=") scanner.fail('expected "="; a block on one line can hold only one argument');
    const attribute = this.attribute(name);
    scanner.expect("}", 'expected "}"; a block on one line can hold only one argument');
    return { items: [attribute] };
  }

  private quotedLabel(): string {
    const scanner: Scanner = this.scanner;
    const { text } = scanner;
    const { start, end } = scanner.read();
    let label = "";
    for (let at = end; ; ) {
      const character = text[at];
      if (character === undefined || character === "\n" || character === "\r")
        scanner.fail("the label is not closed by a double quote", start);
      if (character === '"') {
        scanner.continueAt(at + 1);
        return label;
      }
      if (character === "\\") {
        const escaped = readEscape(text, at);
        if (escaped.reason !== undefined) scanner.fail(escaped.reason, at);
        label += escaped.value;
        at += escaped.length;
      } else if ((character === "$" || character === "%") && text.startsWith(`${character}{`, at + 1)) {
        label += `${character}{`;
        at += 3;
      } else {
        if ((character === "$" || character === "%") && text[at + 1] === "{") scanner.fail(`a label must not hold "${character}{"`, at);
        label += character;
        at++;
      }
    }
  }
}
