/** Patterns with the wildcards `*` and `?`. */
import { hasUnknown, NO, type Ternary, YES } from "../../unknown";
import { ONE, type Piece, piecesOf, STAR } from "./pieces";
import { matchTokens, tokensOfPieces, tokensOfText } from "./tokens";

/** Whether the pattern, with its wildcards, matches the text, in which wildcards are ordinary characters. */
export function matchPattern(pattern: string, text: string): Ternary {
  return matchGlob(compileGlob(piecesOf(pattern, true)), text);
}

/** Codes of wildcards in a compiled pattern; everything else is a UTF-16 code unit. */
const STAR_CODE = -1;
const ONE_CODE = -2;

/** A compiled pattern. It has one of the first three members, unless it holds placeholders. */
export interface Glob {
  /** The only text that matches, where there is no wildcard and no placeholder. */
  readonly literal?: string;
  /** What comes before the `*`, where that is the only wildcard and stands at the end. */
  readonly prefix?: string;
  readonly codes?: readonly number[];
  readonly pieces: readonly Piece[];
  /** Whether the pattern holds placeholders. */
  readonly unknown: boolean;
}

export function compileGlob(pieces: readonly Piece[]): Glob {
  if (pieces.some((piece) => typeof piece === "object")) return { pieces, unknown: true };
  const wild = pieces.findIndex((piece) => typeof piece !== "string");
  if (wild === -1) return { literal: pieces.join(""), pieces, unknown: false };
  if (wild === pieces.length - 1 && pieces[wild] === STAR) return { prefix: pieces.slice(0, wild).join(""), pieces, unknown: false };
  return { codes: codesOf(pieces), pieces, unknown: false };
}

function codesOf(pieces: readonly Piece[]): number[] {
  const codes: number[] = [];
  for (const piece of pieces) {
    if (piece === STAR) codes.push(STAR_CODE);
    else if (piece === ONE) codes.push(ONE_CODE);
    else for (let i = 0; i < (piece as string).length; i++) codes.push((piece as string).charCodeAt(i));
  }
  return codes;
}

/** Whether the pattern matches the text from an offset on. */
export function matchGlob(glob: Glob, text: string, start = 0): Ternary {
  if (glob.unknown || hasUnknown(text)) return matchTokens(tokensOfPieces(glob.pieces), tokensOfText(text.slice(start)), true);
  if (glob.literal !== undefined) return text.length - start === glob.literal.length && text.startsWith(glob.literal, start) ? YES : NO;
  if (glob.prefix !== undefined) return text.length - start >= glob.prefix.length && text.startsWith(glob.prefix, start) ? YES : NO;
  return matchCodes(glob.codes!, text, start) ? YES : NO;
}

/** Whether the pattern, which holds no placeholder, matches `text.slice(start)`, which holds none either. */
function matchCodes(codes: readonly number[], text: string, start: number): boolean {
  let at = start;
  let code = 0;
  let lastStar = -1;
  let resume = start;
  while (at < text.length) {
    const want = code < codes.length ? codes[code] : undefined;
    if (want === STAR_CODE) {
      lastStar = code++;
      resume = at;
    } else if (want === ONE_CODE) {
      at += isPair(text, at) ? 2 : 1;
      code++;
    } else if (want !== undefined && want === text.charCodeAt(at)) {
      at++;
      code++;
    } else if (lastStar >= 0) {
      code = lastStar + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (code < codes.length && codes[code] === STAR_CODE) code++;
  return code === codes.length && at === text.length;
}

/** Whether a character beyond U+FFFF, which takes two units, starts here. */
function isPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length;
}

/** Whether two texts without wildcards are the same. */
export function same(a: string, b: string): Ternary {
  if (a === b) return YES;
  return hasUnknown(a) || hasUnknown(b) ? matchGlob(compileGlob(piecesOf(a, false)), b) : NO;
}
