/** The tokens of HCL outside strings. */
import type { Span } from "./syntax";

/** Punctuation is its own type. A heredoc's token is its first line, with the line break. */
export type TokenType = "identifier" | "number" | "newline" | "end" | "heredoc" | Punctuation;
type Punctuation = (typeof PUNCTUATION)[number];

export interface Token extends Span {
  readonly type: TokenType;
}

/** If one begins with another, the longer one comes first. */
const PUNCTUATION = [
  ...["...", "==", "!=", "<=", ">=", "&&", "||", "::", "=>", "~}"],
  ...["{", "}", "[", "]", "(", ")", "=", ",", ".", '"', ":", "?", "+", "-", "*", "/", "%", "<", ">", "!"],
] as const;

const BY_FIRST_CHARACTER = new Map<string, string[]>();
for (const punctuation of PUNCTUATION) {
  const first = punctuation[0]!;
  BY_FIRST_CHARACTER.set(first, [...(BY_FIRST_CHARACTER.get(first) ?? []), punctuation]);
}

/** The punctuation at a place of the text. */
export function punctuationAt(text: string, at: number): Punctuation | undefined {
  const candidates = BY_FIRST_CHARACTER.get(text[at]!);
  return candidates?.find((candidate) => candidate.length === 1 || text.startsWith(candidate, at)) as Punctuation | undefined;
}

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
/** Letters of all scripts. It is much slower, so it is only tried if a name has other letters than those above. */
const ANY_IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+|\.(?=[eE][+-]?\d))?(?:[eE][+-]?\d+)?/y;
/** A second fraction, which makes the number invalid: `1.2.3`. */
const MORE_NUMBER = /\.+\d|[eE][+-]?\d/y;
const HEREDOC = /<<-?(?:[\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** The end of the name that begins at a position of the text; the position itself if none does. */
export function endOfIdentifier(text: string, at: number): number {
  const end = endOf(IDENTIFIER, text, at);
  return text.charCodeAt(end) > 0x7f ? endOf(ANY_IDENTIFIER, text, at) : end;
}

/** The end of the number at a position of the text; undefined if it is not a valid number. */
export function endOfNumber(text: string, at: number): number | undefined {
  const end = endOf(NUMBER, text, at);
  return endOf(MORE_NUMBER, text, end) > end ? undefined : end;
}

/** The end of the first line of a heredoc; the position itself if there is no heredoc. */
export function endOfHeredocStart(text: string, at: number): number {
  return endOf(HEREDOC, text, at);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const ADVICE: ReadonlyMap<string, string> = new Map([
  ["'", "single quotes are not valid; use double quotes for strings"],
  ["`", 'backquotes are not valid; use double quotes, or "<<EOT" for several lines'],
  [";", 'semicolons are not valid; separate arguments by line breaks and items by ","'],
  ["&", '"&" is no operator; "and" is written "&&"'],
  ["|", '"|" is no operator; "or" is written "||"'],
  ["~", '"~" is no operator; "not" is written "!"'],
  ["^", '"^" is no operator'],
  ["“", "curly quotes are not valid; use straight double quotes"],
  ["”", "curly quotes are not valid; use straight double quotes"],
]);

/** The reason why a character begins no token. */
export function reasonForCharacter(text: string, at: number): string {
  if (text.startsWith("<<", at)) return 'the marker behind "<<" must be a name, and the line must end there';
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return ADVICE.get(character) ?? `unexpected character ${JSON.stringify(character)}`;
}
