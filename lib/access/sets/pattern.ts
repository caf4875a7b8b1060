/**
 * Patterns of text as lists of tokens: characters, wildcards bound to a class of characters, and placeholders.
 *
 * A character is its code point. A placeholder is a code beyond Unicode, so that a text with placeholders is a word like any other.
 */

/** Classes of characters that a wildcard matches. */
export const CLASSES = {
  any: () => true,
  notColon: (code: number) => code !== 0x3a,
  notSlash: (code: number) => code !== 0x2f,
  digit: (code: number) => code >= 0x30 && code <= 0x39,
  /** Characters of the names of roles, users and sessions. */
  name: (code: number) => code < 0x80 && /[\w+=,.@-]/.test(String.fromCharCode(code)),
} as const;

export type CharacterClass = keyof typeof CLASSES;

/** An unknown part of a text. */
export interface Placeholder {
  /** Two placeholders with the same symbol have the same value. */
  readonly symbol: string;
  /** For people: what is missing. */
  readonly source: string;
  /** Whether the value is plain text: never a wildcard. */
  readonly isPlain: boolean;
  /** Whether the value may hold the character. */
  readonly mayHold: (character: string) => boolean;
}

export type TextPart = string | Placeholder;

export type Token =
  | { readonly kind: "character"; readonly code: number }
  | { readonly kind: "one"; readonly of: CharacterClass }
  | { readonly kind: "many"; readonly of: CharacterClass }
  | { readonly kind: "placeholder"; readonly code: number; readonly placeholder: Placeholder };

export interface Pattern {
  readonly tokens: readonly Token[];
  /** The only text that matches, if the pattern has neither wildcards nor placeholders. */
  readonly literal?: string;
}

const FIRST_SYMBOL = 0x110000;
const symbols = new Map<string, number>();
const placeholders: Placeholder[] = [];

/** The code that stands for the placeholder. */
export function codeOfPlaceholder(placeholder: Placeholder): number {
  let code = symbols.get(placeholder.symbol);
  if (code === undefined) {
    code = FIRST_SYMBOL + placeholders.length;
    symbols.set(placeholder.symbol, code);
    placeholders.push(placeholder);
  }
  return code;
}

/** The placeholder behind a code; undefined for a character. */
export function placeholderOfCode(code: number): Placeholder | undefined {
  return code < FIRST_SYMBOL ? undefined : placeholders[code - FIRST_SYMBOL];
}

export function codesOf(parts: readonly TextPart[]): number[] {
  return parts.flatMap((part) =>
    typeof part === "string" ? Array.from(part, (character) => character.codePointAt(0)!) : [codeOfPlaceholder(part)],
  );
}

/** The codes as text, with each placeholder as its symbol. */
export function textOfCodes(codes: readonly number[]): string {
  return codes.map((code) => placeholderOfCode(code)?.symbol ?? String.fromCodePoint(code)).join("");
}

/** The placeholders among codes. */
export function placeholdersIn(codes: readonly number[]): readonly Placeholder[] {
  return codes.flatMap((code) => placeholderOfCode(code) ?? []);
}

export interface PatternOptions {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** The class of characters that a wildcard matches after the given number of colons; by default any character. */
  readonly classAt?: (place: WildcardPlace) => CharacterClass;
}

/** The place of a wildcard in a pattern. */
export interface WildcardPlace {
  readonly colonsBefore: number;
  readonly isLast: boolean;
  readonly isBeforeColon: boolean;
  readonly isStar: boolean;
}

const ANY = () => "any" as const;

export function patternOf(parts: readonly TextPart[], { wildcards, classAt = ANY }: PatternOptions): Pattern {
  const units = parts.flatMap((part): (string | Placeholder)[] => (typeof part === "string" ? Array.from(part) : [part]));
  let colonsBefore = 0;
  const tokens = units.map((unit, index): Token => {
    if (typeof unit !== "string") return { kind: "placeholder", code: codeOfPlaceholder(unit), placeholder: unit };
    if (wildcards && (unit === "*" || unit === "?")) {
      const place = { colonsBefore, isLast: index === units.length - 1, isBeforeColon: units[index + 1] === ":", isStar: unit === "*" };
      return { kind: unit === "*" ? "many" : "one", of: classAt(place) };
    }
    if (unit === ":") colonsBefore++;
    return { kind: "character", code: unit.codePointAt(0)! };
  });
  return patternOfTokens(tokens);
}

export function patternOfTokens(tokens: readonly Token[]): Pattern {
  if (!tokens.every((token) => token.kind === "character")) return { tokens };
  return { tokens, literal: tokens.map(({ code }) => String.fromCodePoint(code)).join("") };
}

/** Tokens of plain text. */
export function plain(text: string): Token[] {
  return Array.from(text, (character) => ({ kind: "character", code: character.codePointAt(0)! }));
}

/** `count` characters of a class, or any number of them. */
export function some(of: CharacterClass, count?: number): Token[] {
  return count === undefined ? [{ kind: "many", of }] : Array.from({ length: count }, () => ({ kind: "one", of }));
}

export function hasPlaceholder({ tokens }: Pattern): boolean {
  return tokens.some(({ kind }) => kind === "placeholder");
}

/** The pattern as text. A wildcard bound to a class looks like any other. */
export function showPattern({ tokens }: Pattern): string {
  return tokens
    .map((token) => {
      if (token.kind === "character") return String.fromCodePoint(token.code);
      if (token.kind === "placeholder") return token.placeholder.symbol;
      return token.kind === "one" ? "?" : "*";
    })
    .join("");
}
