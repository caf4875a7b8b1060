/**
 * Checks the grammar of expressions, and keeps the parts that their JSON form depends on.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import type { Scanner } from "./scanner";
import type { Expression, Span, Template } from "./syntax";
import { readForNames, readHeredoc, readQuoted } from "./template";
import type { Token, TokenType } from "./tokens";

const BINARY: ReadonlySet<TokenType> = new Set(["||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"]);
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

export class ExpressionParser {
  /** All of them, in the order of their beginnings. */
  public readonly heredocs: (Template & Span)[] = [];

  public constructor(private readonly scanner: Scanner) {}

  public readonly read = (): Expression => {
    const { start } = this.scanner.peek();
    const condition = this.operation();
    if (this.scanner.peek().type !== "?") return condition;
    // A chain `a ? b : c ? d : e` is read in a loop, so that long chains do not nest deeply.
    while (this.scanner.accept("?")) {
      this.scanner.deeper("as before", this.read);
      this.scanner.expect(":", 'expected ":" and the other result of the condition');
      this.operation();
    }
    return { kind: "conditional", ...this.since(start) };
  };

  /** Operands and binary operators. The precedence of operators makes no difference to the text. */
  private operation(): Expression {
    const first = this.operand();
    if (!BINARY.has(this.scanner.peek().type)) return first;
    while (BINARY.has(this.scanner.peek().type)) {
      this.scanner.read();
      this.operand();
    }
    return { kind: "other", ...this.since(first.start) };
  }

  private operand(): Expression {
    const { start } = this.scanner.peek();
    const signs: string[] = [];
    for (let { type } = this.scanner.peek(); type === "-" || type === "!"; { type } = this.scanner.peek()) {
      this.scanner.read();
      signs.push(type);
    }
    const term = this.steps(this.term());
    if (signs.length === 0) return term;
    const span = this.since(start);
    return (signs.length === 1 && term.kind === "literal" && signed(signs[0]!, term, span)) || { kind: "other", ...span };
  }

  private term(): Expression {
    const token = this.scanner.peek();
    const { start } = token;
    switch (token.type) {
      case "number":
        this.scanner.read();
        return { kind: "literal", value: Number(this.scanner.textOf(token)), ...this.since(start) };
      case '"':
        this.scanner.read();
        return { kind: "template", parts: readQuoted(this.scanner, token, this.read), ...this.since(start) };
      case "heredoc":
        return this.heredoc();
      case "identifier":
        return this.named(this.scanner.read());
      case "(":
        this.scanner.read();
        this.scanner.deeper("skipped", () => {
          this.read();
          this.scanner.expect(")", 'expected ")"');
        });
        return { kind: "other", ...this.since(start) };
      case "[":
        return this.list();
      case "{":
        return this.object();
      default:
        return this.scanner.fail("expected an expression");
    }
  }

  private heredoc(): Expression {
    const opening = this.scanner.read();
    const index = this.heredocs.length;
    // Its position is reserved first, because others may be nested in it.
    this.heredocs.push({ kind: "template", parts: [], ...opening });
    const parts = readHeredoc(this.scanner, opening, this.read);
    const heredoc = { kind: "template", parts, ...this.since(opening.start) } as const;
    this.heredocs[index] = heredoc;
    return heredoc;
  }

  private named(name: Token): Expression {
    let isCall = this.scanner.peek().type === "(";
    while (this.scanner.accept("::")) {
      this.scanner.expect("identifier", 'expected the name of a function after "::"');
      isCall = true;
    }
    if (isCall) return this.call(name);
    const word = WORDS.get(this.scanner.textOf(name));
    return word === undefined
      ? { kind: "traversal", ...this.since(name.start) }
      : { kind: "literal", value: word, ...this.since(name.start) };
  }

  private call({ start }: Token): Expression {
    const { scanner } = this;
    scanner.expect("(", 'expected "(" after the name of a function');
    scanner.deeper("skipped", () => {
      while (!scanner.accept(")")) {
        this.read();
        const isLast = scanner.accept("...");
        if (!isLast && scanner.accept(",")) continue;
        scanner.expect(")", isLast ? 'expected ")" after "..."' : 'expected "," or ")" after the argument of a function');
        break;
      }
    });
    return { kind: "other", ...this.since(start) };
  }

  private list(): Expression {
    const { scanner } = this;
    const { start } = scanner.read();
    const items: Expression[] = [];
    const isFor = scanner.deeper("skipped", () => {
      if (scanner.acceptWord("for")) return this.comprehension("]");
      while (!scanner.accept("]")) {
        items.push(this.read());
        if (scanner.accept(",")) continue;
        scanner.expect("]", 'expected "," or "]" after the item of a list');
        break;
      }
      return false;
    });
    return isFor ? { kind: "other", ...this.since(start) } : { kind: "list", items, ...this.since(start) };
  }

  private object(): Expression {
    const { scanner } = this;
    const { start } = scanner.read();
    if (scanner.deeper("skipped", () => scanner.acceptWord("for") && this.comprehension("}"))) {
      return { kind: "other", ...this.since(start) };
    }
    const entries = scanner.deeper("read", () => this.entries());
    return { kind: "object", entries, ...this.since(start) };
  }

  private entries(): { key: Expression; value: Expression }[] {
    const { scanner } = this;
    const entries: { key: Expression; value: Expression }[] = [];
    for (;;) {
      while (scanner.accept("newline"));
      if (scanner.accept("}")) return entries;
      const key = this.read();
      if (!scanner.accept("=")) scanner.expect(":", 'expected "=" after the key of an object');
      entries.push({ key, value: this.read() });
      if (scanner.accept("}")) return entries;
      if (!scanner.accept(",")) scanner.expect("newline", 'expected a line break, "," or "}" after the value of an object');
    }
  }

  /** Reads a `for` expression after that word, including its closing bracket. */
  private comprehension(close: "]" | "}"): true {
    const { scanner } = this;
    readForNames(scanner);
    this.read();
    scanner.expect(":", 'expected ":" after what "for" goes through');
    this.read();
    if (close === "}") {
      scanner.expect("=>", 'expected "=>" between the key and the value of "for"');
      this.read();
      scanner.accept("...");
    }
    if (scanner.acceptWord("if")) this.read();
    scanner.expect(close, `expected "${close}" at the end of the "for" expression`);
    return true;
  }

  /** Reads `.name`, `.0`, `[key]` and splats after a term. */
  private steps(term: Expression): Expression {
    const { scanner } = this;
    let kind: "traversal" | "other" = term.kind === "traversal" ? "traversal" : "other";
    let hasSteps = false;
    for (;;) {
      if (scanner.accept(".")) {
        if (!this.attribute('expected the name of an attribute after "."')) kind = "other";
      } else if (scanner.accept("[")) {
        if (!this.index()) kind = "other";
      } else {
        return hasSteps ? { kind, ...this.since(term.start) } : term;
      }
      hasSteps = true;
    }
  }

  /** Continues after a dot. False for a splat. */
  private attribute(reason: string): boolean {
    const { scanner } = this;
    const token = scanner.peek();
    if (scanner.accept("identifier")) return true;
    if (token.type === "number") {
      const source = scanner.textOf(token);
      if (source.includes(".")) scanner.fail(`two indexes after each other are written "[${source.split(".").join("][")}]"`, token.start);
      scanner.read();
      return true;
    }
    if (!scanner.accept("*")) scanner.fail(reason);
    while (scanner.accept(".")) {
      if (scanner.peek().type === "*") scanner.fail('a splat ".*" must not follow another one; use "[*]"');
      this.attribute(reason);
    }
    return false;
  }

  /** Continues after a bracket. False if the key must be computed, or for a splat. */
  private index(): boolean {
    const { scanner } = this;
    if (scanner.accept("*")) {
      scanner.expect("]", 'expected "]" after "*"');
      return false;
    }
    return scanner.deeper("skipped", () => {
      const key = this.read();
      scanner.expect("]", 'expected "]" after the key');
      if (key.kind === "literal") return key.isNegated !== true;
      return key.kind === "template" && key.parts.length === 1 && key.parts[0]!.kind === "text";
    });
  }

  private since(start: number): Span {
    return { start, end: this.scanner.at };
  }
}

/** A literal with a sign, if the two form a value. */
function signed(sign: string, { value }: Expression & { kind: "literal" }, span: Span): Expression | undefined {
  // Not `-value`, which would turn 0 into -0.
  if (sign === "-" && typeof value === "number") return { kind: "literal", value: 0 - value, isNegated: true, ...span };
  if (sign === "!" && typeof value === "boolean") return { kind: "literal", value: !value, isNegated: true, ...span };
  return undefined;
}
