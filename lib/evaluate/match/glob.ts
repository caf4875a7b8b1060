import { hasUnknown, kindOfUnknown, MAYBE, mayHold, NO, type Ternary, type UnknownKind, YES } from "../../unknown";
import { type Stranger, strangersIn, wouldBeStranger } from "./strangers";

/** A piece of a pattern: literal text, a wildcard, or a placeholder. */
export type Piece = string | typeof STAR | typeof ONE | UnknownPiece;

/** `*`: any number of characters. */
export const STAR = Symbol("*");
/** `?`: exactly one character. */
export const ONE = Symbol("?");

export interface UnknownPiece {
  readonly unknown: string;
}

/** Codes of wildcards in a compiled pattern; everything else is a UTF-16 code unit. */
const STAR_CODE = -1;
const ONE_CODE = -2;

/** A compiled pattern. One of the first three members is there, save where the pattern holds placeholders. */
export interface Glob {
  /** Where there is no wildcard and no placeholder: the only text that matches. */
  readonly literal?: string;
  /** Where the only wildcard is a `*` at the end: what comes before it. */
  readonly prefix?: string;
  readonly codes?: readonly number[];
  readonly pieces: readonly Piece[];
  /** Whether the pattern holds placeholders. */
  readonly unknown: boolean;
}

/** One character, or a longer text for a wildcard or placeholder, which keeps its marks. For the slow path only. */
export type Token = string;
export const ANY: Token = "any";
/** Any characters save a colon. */
export const ANY_IN_SEGMENT: Token = "any in segment";
export const ANY_ONE: Token = "any one";
export const ANY_ONE_IN_SEGMENT: Token = "any one in segment";
const UNKNOWN = "\u0000";

/** Cuts a text at its wildcards and placeholders. */
export function piecesOf(text: string, wildcards: boolean): Piece[] {
  const pieces: Piece[] = [];
  const parts = hasUnknown(text) ? text.split("\u0000") : [text];
  parts.forEach((part, index) => {
    if (index % 2 === 1) {
      pieces.push({ unknown: part });
    } else if (!wildcards) {
      if (part !== "") pieces.push(part);
    } else {
      for (const piece of part.split(/([*?])/)) {
        if (piece === "*") pieces.push(STAR);
        else if (piece === "?") pieces.push(ONE);
        else if (piece !== "") pieces.push(piece);
      }
    }
  });
  return pieces;
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

/** Whether the pattern matches the text from the given offset on, to its end or to another offset. */
export function matchGlob(glob: Glob, text: string, start = 0, end = text.length): Ternary {
  if (glob.unknown || hasUnknown(text)) return matchTokens(tokensOfPieces(glob.pieces), tokensOfText(text.slice(start, end)), true);
  if (glob.literal !== undefined) return end - start === glob.literal.length && text.startsWith(glob.literal, start) ? YES : NO;
  if (glob.prefix !== undefined) return end - start >= glob.prefix.length && text.startsWith(glob.prefix, start) ? YES : NO;
  return matchCodes(glob.codes!, text, start, end) ? YES : NO;
}

/** Whether the pattern, which holds no placeholder, matches `text.slice(start, end)`, which holds none either. */
function matchCodes(codes: readonly number[], text: string, start: number, end: number): boolean {
  let at = start;
  let code = 0;
  let star = -1;
  let resume = start;
  while (at < end) {
    const want = code < codes.length ? codes[code] : undefined;
    if (want === STAR_CODE) {
      star = code++;
      resume = at;
    } else if (want === ONE_CODE) {
      at += isPair(text, at) ? 2 : 1;
      code++;
    } else if (want !== undefined && want === text.charCodeAt(at)) {
      at++;
      code++;
    } else if (star >= 0) {
      code = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (code < codes.length && codes[code] === STAR_CODE) code++;
  return code === codes.length && at === end;
}

/** Whether a character beyond U+FFFF, which takes two units, starts here. */
function isPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length;
}

/**
 * The three-valued match of token lists.
 *
 * What both begin with is equal, whatever it stands for, and is left out, as long as it cannot be a wildcard of the pattern:
 * `⟨name⟩/*` and `⟨name⟩-other/key` are compared from the slash on.
 *
 * @param opaque whether a wildcard bound to a segment may swallow any placeholder of the text
 */
export function matchTokens(pattern: readonly Token[], text: readonly Token[], opaque: boolean): Ternary {
  let same = 0;
  while (same < pattern.length && pattern[same] === text[same] && !mayBeWild(pattern[same]!)) same++;
  const [left, right] = same === 0 ? [pattern, text] : [pattern.slice(same), text.slice(same)];
  if (walk(left, right, (p, t) => surely(left[p], right[t], opaque))) return YES;
  const [inPattern, inText] = [open(left), open(right)];
  return walk(left, right, (p, t) => possibly(inPattern[p], inText[t])) ? MAYBE : NO;
}

export function tokensOfPieces(pieces: readonly Piece[]): Token[] {
  return pieces.flatMap((piece) => {
    if (piece === STAR) return [ANY];
    if (piece === ONE) return [ANY_ONE];
    return typeof piece === "string" ? [...piece] : [UNKNOWN + (piece as UnknownPiece).unknown + UNKNOWN];
  });
}

export function tokensOfText(text: string): Token[] {
  return tokensOfPieces(piecesOf(text, false));
}

/** What may happen at a pattern token and a text token; either is undefined at its end. */
interface Steps {
  readonly skipPattern: boolean;
  readonly skipText: boolean;
  readonly both: boolean;
}

/** Every placeholder equals only itself: what matches so, matches always. */
function surely(pattern: Token | undefined, text: Token | undefined, opaque: boolean): Steps {
  const literal = text !== undefined && !isUnknown(text);
  switch (pattern) {
    case ANY:
      return { skipPattern: true, skipText: true, both: false };
    case ANY_IN_SEGMENT:
      return { skipPattern: true, skipText: text !== ":" && (literal || opaque || !mayHold(kindOfUnknown(text ?? ""), ":")), both: false };
    case ANY_ONE:
      return { skipPattern: false, skipText: false, both: literal };
    case ANY_ONE_IN_SEGMENT:
      return { skipPattern: false, skipText: false, both: literal && text !== ":" };
    default:
      return { skipPattern: false, skipText: false, both: pattern === text };
  }
}

/** A token, with all that decides what a placeholder on the other side may take in. */
interface OpenToken {
  readonly token: Token;
  /** The token is a placeholder or a `*`, which are as long as they need to be. */
  readonly long: boolean;
  readonly placeholder: boolean;
  readonly kind: UnknownKind | undefined;
  /** The token is a character of the account or name of a stranger. */
  readonly stranger: Stranger;
}

function open(tokens: readonly Token[]): OpenToken[] {
  const strangers = strangersIn(tokens.map((token) => (isUnknown(token) ? UNKNOWN : token)));
  return tokens.map((token, index) => {
    const placeholder = isUnknown(token);
    const long = placeholder || token === ANY || token === ANY_IN_SEGMENT;
    return { token, placeholder, long, kind: placeholder ? kindOfUnknown(token) : undefined, stranger: strangers[index] };
  });
}

/** Every placeholder stands for anything that its kind may be: what does not match so, never matches. */
function possibly(pattern: OpenToken | undefined, text: OpenToken | undefined): Steps {
  const one = pattern?.token === ANY_ONE || pattern?.token === ANY_ONE_IN_SEGMENT;
  return {
    skipPattern: pattern?.long === true || takesIn(text, pattern, one),
    skipText: text?.long === true || (pattern?.long === true && (!pattern.placeholder || takesIn(pattern, text, false))),
    both: pattern?.long !== true && text?.long !== true && (one ? text !== undefined : pattern?.token === text?.token),
  };
}

/** Whether the value of a placeholder may hold what is on the other side: a character, or any one of them. */
function takesIn(taker: OpenToken | undefined, other: OpenToken | undefined, anyOne: boolean): boolean {
  if (taker?.placeholder !== true || other === undefined) return false;
  if (anyOne || taker.kind === undefined) return true;
  return mayHold(taker.kind, other.token) && !wouldBeStranger(taker.kind, other.stranger);
}

function mayBeWild(token: Token): boolean {
  return isUnknown(token) && mayHold(kindOfUnknown(token), "*");
}

function isUnknown(token: Token): boolean {
  return token.startsWith(UNKNOWN);
}

/** Whether the steps lead from the start of both lists to the end of both. */
function walk(pattern: readonly Token[], text: readonly Token[], stepsAt: (p: number, t: number) => Steps): boolean {
  const width = text.length + 1;
  const seen = new Uint8Array((pattern.length + 1) * width);
  const open = [0];
  while (open.length > 0) {
    const state = open.pop()!;
    if (seen[state] === 1) continue;
    seen[state] = 1;
    const p = Math.floor(state / width);
    const t = state % width;
    if (p === pattern.length && t === text.length) return true;
    const steps = stepsAt(p, t);
    if (steps.skipPattern && p < pattern.length) open.push(state + width);
    if (steps.skipText && t < text.length) open.push(state + 1);
    if (steps.both && p < pattern.length && t < text.length) open.push(state + width + 1);
  }
  return false;
}
