/** The three-valued match of patterns and texts in which something is not known. It is slower than the plain match in `glob.ts`. */
import { isUnknown, kindOfUnknown, MAYBE, mayHold, NO, type Ternary, type UnknownKind, YES } from "../../unknown";
import { type OutsiderPart, outsiderPartsIn, wouldBeOutsider } from "./outside-accounts";
import { ONE, type Piece, piecesOf, STAR, type UnknownPiece } from "./pieces";

/** One character, a placeholder, or a longer text for a wildcard. */
export type Token = string;
export const ANY: Token = "any";
/** Any characters except a colon. */
export const ANY_IN_SEGMENT: Token = "any in segment";
export const ANY_ONE: Token = "any one";
export const ANY_ONE_IN_SEGMENT: Token = "any one in segment";

/**
 * The three-valued match of token lists.
 *
 * A common beginning is equal whatever it stands for, and is left out, unless it may be a wildcard of the pattern: `⟨name⟩/*` and
 * `⟨name⟩-other/key` are compared from the slash on.
 *
 * @param segmentsKnown - whether the text has all five colons of an ARN, so that a wildcard bound to a segment may match any placeholder
 */
export function matchTokens(pattern: readonly Token[], text: readonly Token[], segmentsKnown: boolean): Ternary {
  let same = 0;
  while (same < pattern.length && pattern[same] === text[same] && !mayBeWild(pattern[same]!)) same++;
  const [left, right] = same === 0 ? [pattern, text] : [pattern.slice(same), text.slice(same)];
  if (canReachBothEnds(left, right, (p, t) => stepsIfOpaque(left[p], right[t], segmentsKnown))) return YES;
  const [inPattern, inText] = [openTokens(left), openTokens(right)];
  return canReachBothEnds(left, right, (p, t) => stepsIfAnything(inPattern[p], inText[t])) ? MAYBE : NO;
}

export function tokensOfPieces(pieces: readonly Piece[]): Token[] {
  return pieces.flatMap((piece) => {
    if (piece === STAR) return [ANY];
    if (piece === ONE) return [ANY_ONE];
    return typeof piece === "string" ? [...piece] : [(piece as UnknownPiece).unknown];
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

/** Each placeholder equals only itself: what matches under this assumption always matches. */
function stepsIfOpaque(pattern: Token | undefined, text: Token | undefined, segmentsKnown: boolean): Steps {
  const literal = text !== undefined && !isUnknown(text);
  switch (pattern) {
    case ANY:
      return { skipPattern: true, skipText: true, both: false };
    case ANY_IN_SEGMENT:
      return {
        skipPattern: true,
        skipText: text !== ":" && (literal || segmentsKnown || !mayHold(kindOfUnknown(text ?? ""), ":")),
        both: false,
      };
    case ANY_ONE:
      return { skipPattern: false, skipText: false, both: literal };
    case ANY_ONE_IN_SEGMENT:
      return { skipPattern: false, skipText: false, both: literal && text !== ":" };
    default:
      return { skipPattern: false, skipText: false, both: pattern === text };
  }
}

/** A token, with everything that decides whether a placeholder on the other side may contain it. */
interface OpenToken {
  readonly token: Token;
  /** The token is a placeholder or a `*`, which stand for texts of any length. */
  readonly anyLength: boolean;
  readonly placeholder: boolean;
  readonly kind: UnknownKind | undefined;
  /** Set where the token is a character of the account or role name of an outsider. */
  readonly outsiderPart: OutsiderPart;
}

function openTokens(tokens: readonly Token[]): OpenToken[] {
  const parts = outsiderPartsIn(tokens);
  return tokens.map((token, index) => {
    const placeholder = isUnknown(token);
    const anyLength = placeholder || token === ANY || token === ANY_IN_SEGMENT;
    return { token, placeholder, anyLength, kind: placeholder ? kindOfUnknown(token) : undefined, outsiderPart: parts[index] };
  });
}

/** Each placeholder stands for anything that its kind allows: what does not match under this assumption never matches. */
function stepsIfAnything(pattern: OpenToken | undefined, text: OpenToken | undefined): Steps {
  const one = pattern?.token === ANY_ONE || pattern?.token === ANY_ONE_IN_SEGMENT;
  return {
    skipPattern: pattern?.anyLength === true || mayContain(text, pattern, one),
    skipText: text?.anyLength === true || (pattern?.anyLength === true && (!pattern.placeholder || mayContain(pattern, text, false))),
    both: pattern?.anyLength !== true && text?.anyLength !== true && (one ? text !== undefined : pattern?.token === text?.token),
  };
}

/** Whether the value of the first, if it is a placeholder, may contain the other: that token, or any one character. */
function mayContain(unknown: OpenToken | undefined, other: OpenToken | undefined, anyOne: boolean): boolean {
  if (unknown?.placeholder !== true || other === undefined) return false;
  if (anyOne || unknown.kind === undefined) return true;
  return mayHold(unknown.kind, other.token) && !wouldBeOutsider(unknown.kind, other.outsiderPart);
}

function mayBeWild(token: Token): boolean {
  return isUnknown(token) && mayHold(kindOfUnknown(token), "*");
}

/** Whether the steps lead from the start of both lists to the end of both. */
function canReachBothEnds(pattern: readonly Token[], text: readonly Token[], stepsAt: (p: number, t: number) => Steps): boolean {
  const width = text.length + 1;
  const seen = new Uint8Array((pattern.length + 1) * width);
  const pending = [0];
  while (pending.length > 0) {
    const state = pending.pop()!;
    if (seen[state] === 1) continue;
    seen[state] = 1;
    const p = Math.floor(state / width);
    const t = state % width;
    if (p === pattern.length && t === text.length) return true;
    const steps = stepsAt(p, t);
    if (steps.skipPattern && p < pattern.length) pending.push(state + width);
    if (steps.skipText && t < text.length) pending.push(state + 1);
    if (steps.both && p < pattern.length && t < text.length) pending.push(state + width + 1);
  }
  return false;
}
