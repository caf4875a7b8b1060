/**
 * Resolves the Terraform expressions that occur in the library's stacks: references, templates, literals and a few functions.
 *
 * A test double: small, strict, and of its own making. What it does not know is an error, never a guess.
 */
import { createHash } from "node:crypto";

/** Finds the value of a reference: its path, as `["aws_s3_bucket", "logs", "arn"]`. */
export type Lookup = (path: readonly string[]) => unknown;

/** A copy of a JSON value with every template in it resolved. */
export function resolveValue(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") return resolveTemplate(value, lookup);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, lookup));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveValue(item, lookup)]));
  }
  return value;
}

/** A template that is one expression and nothing else keeps the expression's type, as in Terraform. */
export function resolveTemplate(text: string, lookup: Lookup): unknown {
  const parser = new Parser(text, lookup);
  const parts = parser.template(() => parser.atEnd());
  return joinParts(parts);
}

function joinParts(parts: readonly unknown[]): unknown {
  if (parts.length === 1) return parts[0];
  return parts.map(textOf).join("");
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`${JSON.stringify(value)} cannot be part of a text`);
}

/** As Terraform writes JSON: keys sorted, and the characters that are special in HTML escaped. */
export function jsonencode(value: unknown): string {
  return JSON.stringify(sorted(value)).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const FUNCTIONS: Record<string, (...args: never[]) => unknown> = {
  jsonencode,
  jsondecode: (text: string) => JSON.parse(text) as unknown,
  split: (separator: string, text: string) => text.split(separator),
  join: (separator: string, list: unknown[]) => list.map(textOf).join(separator),
  element: (list: unknown[], index: number) => list[index % list.length],
  concat: (...lists: unknown[][]) => lists.flat(1),
  replace: (text: string, from: string, to: string) => text.split(from).join(to),
  sha256: (text: string) => createHash("sha256").update(text).digest("hex"),
  lower: (text: string) => text.toLowerCase(),
  tostring: (value: unknown) => textOf(value),
  trimsuffix: (text: string, suffix: string) => (text.endsWith(suffix) ? text.slice(0, -suffix.length) : text),
  trimprefix: (text: string, prefix: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
};

const KEYWORDS = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: Lookup,
  ) {}

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The text up to `isOver`, cut into literal texts and values of interpolations. */
  template(isOver: () => boolean, escaped?: () => string): unknown[] {
    const parts: unknown[] = [];
    let literal = "";
    while (!isOver()) {
      if (this.atEnd()) this.fail("unfinished text");
      if (this.take("$${")) literal += "${";
      else if (this.take("%%{")) literal += "%{";
      else if (this.take("%{")) this.fail("template directives are not supported");
      else if (this.take("${")) {
        if (literal !== "") parts.push(literal);
        literal = "";
        parts.push(this.expression());
        this.expect("}");
      } else literal += escaped && this.text[this.at] === "\\" ? escaped() : this.text[this.at++]!;
    }
    if (literal !== "" || parts.length === 0) parts.push(literal);
    return parts;
  }

  private expression(): unknown {
    let value = this.operand();
    for (;;) {
      if (this.take(".")) value = member(value, this.word());
      else if (this.take("[")) {
        value = member(value, textOf(this.expression()));
        this.expect("]");
      } else break;
    }
    this.skipSpace();
    return value;
  }

  private operand(): unknown {
    this.skipSpace();
    if (this.take('"')) return this.quoted();
    if (this.take("[")) return this.list("]");
    if (this.take("{")) return this.object();
    if (this.take("(")) {
      const value = this.expression();
      this.expect(")");
      return value;
    }
    const number = this.match(/-?\d+(\.\d+)?/y);
    if (number !== undefined) return Number(number);
    const word = this.word();
    if (KEYWORDS.has(word)) return KEYWORDS.get(word);
    if (this.take("(")) return this.call(word);
    return this.reference(word);
  }

  private quoted(): unknown {
    const parts = this.template(
      () => this.text[this.at] === '"',
      () => this.escape(),
    );
    this.expect('"');
    return joinParts(parts);
  }

  private escape(): string {
    const sequence = this.match(/\\(?:u[0-9a-fA-F]{4}|[nrt"\\])/y) ?? this.fail("unknown escape");
    return JSON.parse(`"${sequence}"`) as string;
  }

  private list(end: string): unknown[] {
    const items: unknown[] = [];
    for (this.skipSpace(); !this.take(end); this.skipSpace()) {
      items.push(this.expression());
      if (!this.take(",") && this.text[this.at] !== end) this.fail(`expected "," or "${end}"`);
    }
    return items;
  }

  private object(): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (this.skipSpace(); !this.take("}"); this.skipSpace()) {
      const key = this.take('"') ? this.quoted() : this.take("(") ? this.list(")")[0] : this.word();
      this.skipSpace();
      if (!this.take("=")) this.expect(":");
      result[textOf(key)] = this.expression();
      this.take(",");
    }
    return result;
  }

  private call(name: string): unknown {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) return this.fail(`function "${name}" is not supported`);
    return known(...(this.list(")") as never[]));
  }

  /** The whole path is looked up at once; indexes after it are taken from the value. */
  private reference(first: string): unknown {
    const path = [first];
    while (/^\.[A-Za-z_]/.test(this.text.slice(this.at, this.at + 2))) {
      this.at++;
      path.push(this.word());
    }
    return this.lookup(path);
  }

  private word(): string {
    return this.match(/[A-Za-z_][A-Za-z0-9_-]*|\d+/y) ?? this.fail("expected a name");
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) this.fail(`expected "${token}"`);
  }

  private skipSpace(): void {
    this.match(/\s+/y);
  }

  private fail(reason: string): never {
    throw new Error(`unsupported Terraform expression: ${reason} at character ${this.at} of ${JSON.stringify(this.text)}`);
  }
}

/** The member of an object or list, by name or index. */
export function member(value: unknown, name: string): unknown {
  if (value !== null && typeof value === "object" && name in value) return (value as Record<string, unknown>)[name];
  throw new Error(`${JSON.stringify(value)} has no member ${JSON.stringify(name)}`);
}
