/** Reads one token after another. `template.ts` reads strings and heredocs, from the end of their opening token. */
import { syntaxErrorAt } from "./hcl-syntax-error";
import { endOfHeredocStart, endOfIdentifier, endOfNumber, punctuationAt, reasonForCharacter, type Token, type TokenType } from "./tokens";

/** Nested blocks and brackets. No file that people write comes near this number, and deeper ones would exhaust the stack. */
const DEEPEST = 150;

export class Scanner {
  /** The number of characters that were read, for tests of the running time. */
  public steps = 0;
  /** Where the last token ended. */
  public at = 0;
  private depth = 0;
  private skipsNewlines = false;
  private next: Token | undefined;

  public constructor(public readonly text: string) {}

  /** The next token, which is not consumed. */
  public peek(): Token {
    this.next ??= this.scan();
    return this.next;
  }

  public read(): Token {
    const token = this.peek();
    this.continueAt(token.end);
    return token;
  }

  /** Consumes the next token if it is of the type. */
  public accept(type: TokenType): boolean {
    if (this.peek().type !== type) return false;
    this.read();
    return true;
  }

  public expect(type: TokenType, reason: string): Token {
    return this.peek().type === type ? this.read() : this.fail(reason);
  }

  /** Consumes the next token if it is the word. */
  public acceptWord(word: string): boolean {
    const token = this.peek();
    if (token.type !== "identifier" || this.textOf(token) !== word) return false;
    this.read();
    return true;
  }

  public textOf({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end);
  }

  /** Continues at a position. */
  public continueAt(offset: number): void {
    this.at = offset;
    this.next = undefined;
  }

  /** Reads one level deeper. Line breaks mean nothing in some brackets, and the depth is limited. */
  public deeper<Result>(newlines: "skipped" | "read" | "as before", read: () => Result): Result {
    if (++this.depth > DEEPEST) this.fail(`more than ${DEEPEST} blocks, brackets and templates lie in each other`, this.at);
    const before = this.skipsNewlines;
    if (newlines !== "as before") this.setNewlines(newlines === "skipped");
    const result = read();
    this.setNewlines(before);
    this.depth--;
    return result;
  }

  private setNewlines(skipped: boolean): void {
    if (this.skipsNewlines !== skipped) this.next = undefined;
    this.skipsNewlines = skipped;
  }

  /** Throws an error for a position. By default, the message says what the grammar expects at the next token and which token it is. */
  public fail(reason: string, at?: number): never {
    if (at !== undefined) throw syntaxErrorAt(this.text, at, reason);
    const token = this.peek();
    throw syntaxErrorAt(this.text, token.start, `${reason}, got ${this.show(token)}`);
  }

  private show(token: Token): string {
    if (token.type === "end") return "the end of the file";
    if (token.type === "newline") return "a line break";
    if (token.type === '"') return "a double quote";
    const source = this.textOf(token).trimEnd();
    return source.length > 40 ? `"${source.slice(0, 40)}…"` : `"${source}"`;
  }

  private scan(): Token {
    const from = this.at;
    const token = this.scanAt(from);
    this.steps += token.end - from + 1;
    return token;
  }

  private scanAt(from: number): Token {
    const { text } = this;
    for (let at = from; ; ) {
      const code = text.charCodeAt(at);
      if (Number.isNaN(code)) return { type: "end", start: text.length, end: text.length };
      if (code === 0x20 || code === 0x09) at++;
      else if (code === 0x2f && text[at + 1] === "*") at = this.endOfComment(at);
      else {
        const line = this.endOfLine(at, code);
        if (line === undefined) return this.tokenAt(at, code);
        if (!this.skipsNewlines && text[line - 1] === "\n") return { type: "newline", start: at, end: line };
        at = line;
      }
    }
  }

  private endOfComment(at: number): number {
    const end = this.text.indexOf("*/", at + 2);
    return end < 0 ? this.fail('the comment is not closed by "*/"', at) : end + 2;
  }

  /** The end of a line break, or of a comment and the line break after it. */
  private endOfLine(at: number, code: number): number | undefined {
    const { text } = this;
    if (code === 0x0a) return at + 1;
    if (code === 0x0d) return text[at + 1] === "\n" ? at + 2 : undefined;
    if (code !== 0x23 && (code !== 0x2f || text[at + 1] !== "/")) return undefined;
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end + 1;
  }

  private tokenAt(start: number, code: number): Token {
    const { text } = this;
    if (code >= 0x30 && code <= 0x39) {
      const end = endOfNumber(text, start) ?? this.fail("the number is not valid", start);
      return { type: "number", start, end };
    }
    const word = endOfIdentifier(text, start);
    if (word > start) return { type: "identifier", start, end: word };
    const heredoc = code === 0x3c ? endOfHeredocStart(text, start) : start;
    if (heredoc > start) return { type: "heredoc", start, end: heredoc };
    const type = text.startsWith("<<", start) ? undefined : punctuationAt(text, start);
    return type === undefined ? this.fail(reasonForCharacter(text, start), start) : { type, start, end: start + type.length };
  }
}
