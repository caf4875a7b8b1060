/** Reads the tokens of expressions one at a time. */
import { ExpressionSyntaxError } from "./syntax";

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
/** Letters of all scripts. Much slower, so it is only tried where a name has characters outside ASCII. */
const ANY_IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

/** A text with the position up to which it is consumed. */
export class Scanner {
  protected at = 0;

  public constructor(protected readonly text: string) {}

  protected match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  protected identifier(): string {
    return this.word() ?? this.fail();
  }

  protected word(): string | undefined {
    const start = this.at;
    const word = this.match(IDENTIFIER);
    if (!(this.text.charCodeAt(this.at) > 0x7f)) return word;
    this.at = start;
    return this.match(ANY_IDENTIFIER);
  }

  protected acceptWord(word: string): boolean {
    this.space();
    const before = this.at;
    if (this.word() === word) return true;
    this.at = before;
    return false;
  }

  protected accept(token: string): boolean {
    this.space();
    if (!this.text.startsWith(token, this.at)) return false;
    // `==` and `=>` are tokens of their own.
    if (token === "=" && /[=>]/.test(this.text[this.at + 1] ?? "")) return false;
    this.at += token.length;
    return true;
  }

  protected expect(token: string): void {
    if (!this.accept(token)) this.fail();
  }

  protected space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d) this.at++;
      else if (code === 0x23 || (code === 0x2f && this.text[this.at + 1] === "/")) this.skipTo("\n");
      else if (code === 0x2f && this.text[this.at + 1] === "*") this.skipTo("*/");
      else return;
    }
  }

  protected skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at);
    this.at = found < 0 ? this.text.length : found + end.length;
  }

  protected fail(): never {
    throw new ExpressionSyntaxError(`unexpected ${JSON.stringify(this.text.slice(this.at, this.at + 12))} at character ${this.at + 1}`);
  }

  protected escape(): string {
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
}
