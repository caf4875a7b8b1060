/** Reads quoted strings and heredocs with their interpolations. */
import { readEscape } from "./escapes";
import type { Scanner } from "./scanner";
import type { Expression, TemplatePart } from "./syntax";
import { joinParts, removeIndent, type TemplateToken, trimmed } from "./template-tokens";
import type { Token } from "./tokens";

/** Reads the expression between `${` and `}`. */
export type ReadExpression = () => Expression;

const PLAIN_IN_QUOTES = /[^$%"\\\r\n]+/y;
const PLAIN_IN_HEREDOC = /[^$%\r\n]+/y;

/** Reads from after the opening quote to the closing quote, inclusive. */
export function readQuoted(scanner: Scanner, quote: Token, readExpression: ReadExpression): TemplatePart[] {
  const reader = new TemplateReader(scanner, readExpression);
  const { text } = scanner;
  for (;;) {
    const character = text[scanner.at];
    if (character === '"') break;
    if (character === undefined) scanner.fail("the string is not closed by a double quote", quote.start);
    if (character === "\n" || character === "\r") {
      scanner.fail('a quoted string must end on its line; write "\\n" for a line break, or "<<EOT" for several lines', scanner.at);
    }
    if (!reader.readSequence()) reader.addText(quotedText(scanner));
  }
  scanner.continueAt(scanner.at + 1);
  return joinParts(reader.tokens, scanner);
}

/** Text up to the end of the string or the next template sequence, with escape sequences resolved. */
function quotedText(scanner: Scanner): string {
  const { text } = scanner;
  let result = "";
  for (let at = scanner.at; ; at = scanner.at) {
    if (text[at] === "\\") {
      const escaped = readEscape(text, at);
      if (escaped.reason !== undefined) scanner.fail(escaped.reason, at);
      result += escaped.value;
      scanner.continueAt(at + escaped.length);
    } else {
      const end = endOfPlain(scanner, PLAIN_IN_QUOTES);
      if (end === at) return result;
      result += text.slice(at, end);
      scanner.continueAt(end);
    }
  }
}

/** Reads from after the first line of a heredoc to its end marker, without the line break after that. */
export function readHeredoc(scanner: Scanner, opening: Token, readExpression: ReadExpression): TemplatePart[] {
  const reader = new TemplateReader(scanner, readExpression);
  const marker = scanner.textOf(opening).replace(/^<<-?|\r?\n$/g, "");
  let isLineStart = true;
  for (;;) {
    if (scanner.at >= scanner.text.length)
      scanner.fail(`the heredoc is not closed by a line with ${JSON.stringify(marker)}`, opening.start);
    const start = scanner.at;
    const end = isLineStart ? endOfMarker(scanner, marker) : undefined;
    if (end !== undefined) {
      scanner.continueAt(end);
      break;
    }
    isLineStart = false;
    if (reader.readSequence()) continue;
    const line = heredocText(scanner);
    reader.addText(line);
    isLineStart = line.endsWith("\n");
    if (scanner.at === start) scanner.fail("a carriage return must be followed by a line feed", start);
  }
  if (scanner.text.startsWith("<<-", opening.start)) removeIndent(reader.tokens);
  return joinParts(reader.tokens, scanner);
}

/** The end of the line, without its line break, if the line contains only the marker. */
function endOfMarker({ text, at }: Scanner, marker: string): number | undefined {
  const lineEnd = text.indexOf("\n", at);
  if (lineEnd < 0) return undefined;
  const end = text[lineEnd - 1] === "\r" && lineEnd > at ? lineEnd - 1 : lineEnd;
  const line = text.slice(at, end);
  return trimmed(trimmed(line, "start"), "end") === marker && !line.includes("\r") ? end : undefined;
}

/** Text up to the line break, inclusive, or up to a template sequence. */
function heredocText(scanner: Scanner): string {
  const { text, at } = scanner;
  const plain = endOfPlain(scanner, PLAIN_IN_HEREDOC);
  const end = text[plain] === "\n" ? plain + 1 : text.startsWith("\r\n", plain) ? plain + 2 : plain;
  scanner.continueAt(end);
  return text.slice(at, end);
}

function endOfPlain(scanner: Scanner, pattern: RegExp): number {
  pattern.lastIndex = scanner.at;
  const end = pattern.test(scanner.text) ? pattern.lastIndex : scanner.at;
  scanner.steps += end - scanner.at + 1;
  return end;
}

/** Reads a sequence that begins with `$` or `%`, in strings of both kinds. */
class TemplateReader {
  public readonly tokens: TemplateToken[] = [];
  private trimsNext = false;

  public constructor(
    private readonly scanner: Scanner,
    private readonly readExpression: ReadExpression,
  ) {}

  public addText(text: string): void {
    this.tokens.push({ kind: "text", text: this.trimsNext ? trimmed(text, "start") : text, start: this.scanner.at });
    this.trimsNext = false;
  }

  /** False if neither `$` nor `%` comes next. */
  public readSequence(): boolean {
    const { text, at } = this.scanner;
    const sign = text[at];
    if (sign !== "$" && sign !== "%") return false;
    if (text.startsWith(`${sign}{`, at + 1)) {
      this.scanner.continueAt(at + 3);
      this.addText(`${sign}{`);
    } else if (text[at + 1] !== "{") {
      this.scanner.continueAt(at + 1);
      this.addText(sign);
    } else {
      this.readBraces(sign, at);
    }
    return true;
  }

  private readBraces(sign: "$" | "%", start: number): void {
    const { scanner } = this;
    const trims = scanner.text[start + 2] === "~";
    const last = this.tokens.at(-1);
    if (trims && last?.kind === "text") last.text = trimmed(last.text, "end");
    scanner.continueAt(start + (trims ? 3 : 2));
    const token = scanner.deeper("skipped", () => {
      const inner: TemplateToken = sign === "$" ? { kind: "interpolation", value: this.readExpression(), start } : this.directive(start);
      this.trimsNext = scanner.peek().type === "~}";
      if (!this.trimsNext && scanner.peek().type !== "}") {
        scanner.fail(`expected "}" at the end of "${sign}{"; a literal "${sign}{" is written "${sign}${sign}{"`);
      }
      scanner.read();
      return inner;
    });
    this.tokens.push(token);
  }

  private directive(start: number): TemplateToken {
    const { scanner } = this;
    const word = scanner.expect("identifier", 'expected "if", "else", "endif", "for" or "endfor" in "%{"');
    const keyword = scanner.textOf(word);
    if (keyword === "else" || keyword === "endif" || keyword === "endfor") return { kind: "end", keyword, start };
    if (keyword === "if") return { kind: "if", condition: this.readExpression(), start };
    if (keyword !== "for") scanner.fail(`"%{ ${keyword} }" is no directive; use "if", "else", "endif", "for" or "endfor"`, word.start);
    const names = readForNames(scanner);
    return { kind: "for", names, over: this.readExpression(), start };
  }
}

/** Reads `item in` or `key, value in`. */
export function readForNames(scanner: Scanner): string[] {
  const name = (): string => scanner.textOf(scanner.expect("identifier", 'expected a name after "for"'));
  const names = [name()];
  if (scanner.accept(",")) names.push(name());
  if (!scanner.acceptWord("in")) scanner.fail('expected "in" after the names of "for"');
  return names;
}
