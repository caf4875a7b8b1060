/** Finds where an expression of HCL ends, and rewrites it as an expression on one line. */
import { Scanner } from "../expression/scanner";

const HEREDOC = /<<(-?)([A-Za-z_][\w-]*)\r?\n/y;
const OPENING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A scanner that reads whole expressions without parsing them. */
export class ExpressionText extends Scanner {
  /** The text up to the end of the line or of the block, without comments and with heredocs as quoted templates. */
  protected expressionText(): string {
    const closers: string[] = [];
    let result = "";
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) break;
      if (closers.length === 0 && (character === "\n" || character === "}" || character === ",")) break;
      const comment = this.comment();
      if (comment !== undefined) result += comment;
      else if (character === '"') result += this.quoted();
      else if (character === "<" && this.text[this.at + 1] === "<") result += this.heredoc();
      else {
        if (OPENING[character] !== undefined) closers.push(OPENING[character]);
        else if (character === closers.at(-1)) closers.pop();
        else if (")]}".includes(character)) this.fail();
        // An entry of an object may end with its line; inside other brackets the end of a line means nothing.
        result += character === "\n" || character === "\r" ? (closers.at(-1) === "}" ? "\n" : " ") : character;
        this.at++;
      }
    }
    if (closers.length > 0) this.fail();
    return result.trim();
  }

  /** Skips a comment and returns what separates the tokens around it; undefined where there is none. */
  private comment(): string | undefined {
    const two = this.text.slice(this.at, this.at + 2);
    if (two === "/*") {
      this.skipTo("*/");
      return " ";
    }
    if (two !== "//" && two[0] !== "#") return undefined;
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
    return "";
  }

  /** A quoted template as written, with the expressions inside it. */
  protected quoted(): string {
    const start = this.at;
    this.at++;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || character === "\n") this.fail();
      if (character === '"') break;
      if (character === "\\") this.at += 2;
      else if (this.interpolation() === undefined) this.at++;
    }
    this.at++;
    return this.text.slice(start, this.at);
  }

  /** Skips `${…}` or `%{…}`, or the escape of one, and returns it. */
  private interpolation(): string | undefined {
    const start = this.at;
    const sign = this.text[start];
    if (sign !== "$" && sign !== "%") return undefined;
    if (this.text.startsWith(`${sign}{`, start + 1)) this.at += 3;
    else if (this.text[start + 1] !== "{") return undefined;
    else {
      this.at += 2;
      for (let depth = 1; depth > 0; ) {
        const character = this.text[this.at];
        if (character === undefined) this.fail();
        if (character === '"') this.quoted();
        else {
          depth += character === "{" ? 1 : character === "}" ? -1 : 0;
          this.at++;
        }
      }
    }
    return this.text.slice(start, this.at);
  }

  /** A heredoc as a quoted template. */
  private heredoc(): string {
    HEREDOC.lastIndex = this.at;
    const [opening, dash, marker] = HEREDOC.exec(this.text) ?? this.fail();
    this.at += opening.length;
    const lines: string[] = [];
    for (;;) {
      if (this.at >= this.text.length) this.fail();
      const newline = this.text.indexOf("\n", this.at);
      const end = newline < 0 ? this.text.length : newline;
      const line = this.text.slice(this.at, end).replace(/\r$/, "");
      if (line.trim() === marker) {
        this.at = end;
        break;
      }
      lines.push(line);
      this.at = end + 1;
    }
    const filled = lines.filter((line) => line.trim() !== "");
    const indent = dash === "" ? 0 : Math.min(...filled.map((line) => line.length - line.trimStart().length), 1000);
    return quoteTemplate(lines.map((line) => `${line.slice(Math.min(indent, line.length))}\n`).join(""));
  }

  /** The template of a heredoc, with what a quoted template escapes. */
  public escaped(): string {
    let result = "";
    while (this.at < this.text.length) {
      const inner = this.interpolation();
      if (inner !== undefined) result += inner;
      else result += JSON.stringify(this.text[this.at++]).slice(1, -1);
    }
    return result;
  }
}

function quoteTemplate(template: string): string {
  return `"${new ExpressionText(template).escaped()}"`;
}
