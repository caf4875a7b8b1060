/** Texts of policies as patterns: wildcards, placeholders, policy variables. */

import {
  type CharacterClass,
  LimitedCache,
  type Pattern,
  type Placeholder,
  patternOf,
  type StringTest,
  stringTest,
  type TextPart,
  type WildcardPlace,
} from "../sets";
import { hasUnknown, lowerCase, maskUnknown, partsOfText, showUnknown, stripUnknown, variableText } from "../unknown";

/** How the texts of one element are read. */
export interface TextGrammar {
  readonly hasVariables: boolean;
  readonly wildcards: boolean;
  readonly ignoresCase?: boolean;
  /** Wildcards match within one part of an ARN. In a `Resource` element, a `*` at the end of a part may match across colons. */
  readonly arn?: "resource" | "condition";
}

/** A union of patterns, and what is unknown about it. */
export interface ReadTexts {
  readonly test: StringTest;
  readonly missing: readonly string[];
}

const COLONS_OF_ARN = 5;

const cached = new LimitedCache<ReadTexts>(2_000);

export function readTexts(texts: readonly string[], grammar: TextGrammar): ReadTexts {
  const { hasVariables, wildcards, ignoresCase = false, arn = "" } = grammar;
  const key = `${Number(hasVariables)}${Number(wildcards)}${Number(ignoresCase)}${arn} ${texts.join("\n")}`;
  return cached.get(key, () => read(texts, grammar));
}

function read(texts: readonly string[], grammar: TextGrammar): ReadTexts {
  const parts = texts.map((text) => partsWithVariables(text, grammar));
  const missing = parts.flat().flatMap((part) => (typeof part === "string" || part instanceof Escaped ? [] : [part.source]));
  const patterns = parts.map((one, index) => compile(one, classFor(texts[index]!, grammar, false), grammar));
  const certainPatterns = parts.map((one, index) => compile(one, classFor(texts[index]!, grammar, true), grammar));
  const isCertain = patterns.every((pattern, index) => sameTokens(pattern, certainPatterns[index]!));
  return {
    test: stringTest(patterns, { ignoresCase: grammar.ignoresCase, ...(isCertain ? {} : { certainPatterns }) }),
    missing: [...new Set(missing.map(showUnknown))],
  };
}

/** A test for one text as it stands, or for each of several. */
export function exactly(...texts: readonly string[]): StringTest {
  return stringTest(
    texts.map((text) => patternOf(partsOfText(text), { wildcards: false })),
    { isText: true },
  );
}

/** A `*`, `?` or `$` written as a variable: the character itself. */
class Escaped {
  public constructor(public readonly character: string) {}
}

type Piece = TextPart | Escaped;

function compile(pieces: readonly Piece[], classAt: (place: WildcardPlace) => CharacterClass, { wildcards }: TextGrammar): Pattern {
  let colons = 0;
  const tokens = pieces.flatMap((piece, index) => {
    if (piece instanceof Escaped) return patternOf([piece.character], { wildcards: false }).tokens;
    const isEnd = index === pieces.length - 1;
    const before = colons;
    if (typeof piece === "string") colons += piece.split(":").length - 1;
    const at = (place: WildcardPlace) => classAt({ ...place, colonsBefore: place.colonsBefore + before, isLast: place.isLast && isEnd });
    return patternOf([piece], { wildcards, classAt: at }).tokens;
  });
  return tokens.every((token) => token.kind === "character")
    ? { tokens, literal: tokens.map((token) => String.fromCodePoint(token.code)).join("") }
    : { tokens };
}

function partsWithVariables(text: string, { hasVariables, ignoresCase, arn }: TextGrammar): Piece[] {
  const folded = ignoresCase ? lowerCase(text) : text;
  // A resource can have policy variables only after its fifth colon.
  const from = arn === "resource" ? startOfLastPart(folded) : 0;
  if (!hasVariables || !folded.includes("${", from)) return partsOfText(folded);
  const pieces: Piece[] = partsOfText(folded.slice(0, from));
  let end = from;
  for (const match of maskUnknown(folded).matchAll(/\$\{([^{}]*)\}/g)) {
    if (match.index < from) continue;
    pieces.push(...partsOfText(folded.slice(end, match.index)));
    end = match.index + match[0].length;
    const text = folded.slice(match.index, end);
    const body = text.slice(2, -1).trim();
    pieces.push(body === "*" || body === "?" || body === "$" ? new Escaped(body) : variable(text));
  }
  pieces.push(...partsOfText(folded.slice(end)));
  return pieces;
}

/**
 * The value of a policy variable differs from request to request. Each variable is therefore a placeholder of its own, which certainly
 * equals nothing. It may be absent too, so even a text that is only a variable may match nothing.
 */
function variable(text: string): Placeholder {
  return { symbol: variableText(text), source: text, isPlain: false, mayHold: () => true };
}

function startOfLastPart(text: string): number {
  const plain = maskUnknown(text);
  let at = -1;
  for (let count = 0; count < COLONS_OF_ARN; count++) {
    at = plain.indexOf(":", at + 1);
    if (at === -1) return hasUnknown(text) ? 0 : text.length;
  }
  return at + 1;
}

/** @param isCertain takes the narrower one of two readings that AWS's documentation permits */
function classFor(text: string, { arn }: TextGrammar, isCertain: boolean): (place: WildcardPlace) => CharacterClass {
  if (arn === undefined || text === "*") return () => "any";
  const colons = stripUnknown(text).split(":").length - 1;
  // AWS does not document how it compares a pattern with fewer than six parts. After a placeholder, the parts cannot be counted.
  const isOpen = !isCertain && (colons < COLONS_OF_ARN || hasUnknown(text));
  return ({ colonsBefore, isLast, isBeforeColon, isStar }) => {
    if (colonsBefore >= COLONS_OF_ARN || isOpen) return "any";
    return isStar && (isLast || (arn === "resource" && isBeforeColon)) ? "any" : "notColon";
  };
}

function sameTokens(a: Pattern, b: Pattern): boolean {
  return a.tokens.every((token, index) => {
    const other = b.tokens[index]!;
    return token.kind !== "many" && token.kind !== "one" ? true : other.kind === token.kind && other.of === token.of;
  });
}
