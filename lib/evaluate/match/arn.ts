/** ARNs and patterns of ARNs. */
import { hasUnknown, maskUnknown, NO, type Ternary, YES } from "../../unknown";
import { compileGlob, type Glob, matchGlob } from "./glob";
import { ONE, type Piece, piecesOf, STAR } from "./pieces";
import { ANY, ANY_IN_SEGMENT, ANY_ONE, ANY_ONE_IN_SEGMENT, matchTokens, type Token, tokensOfPieces, tokensOfText } from "./tokens";

/** Colons before the last part of an ARN. */
const COLONS = 5;

/** An ARN of a request. It is split once, when that is needed, and matched many times. */
export class ArnText {
  /** Only where a part of the text is not known. */
  public readonly tokens: readonly Token[] | undefined;
  private offsets: readonly number[] | undefined;

  public constructor(public readonly text: string) {
    this.tokens = hasUnknown(text) ? tokensOfText(text) : undefined;
  }

  /** Offsets of the first five colons. */
  public get colons(): readonly number[] {
    this.offsets ??= colonsIn(this.text);
    return this.offsets;
  }
}

/** The offset of the colon before the last part of an ARN; -1 where the text has fewer than five colons. */
export function fifthColon(text: string): number {
  return colonsIn(text)[COLONS - 1] ?? -1;
}

function colonsIn(text: string): number[] {
  const plain = maskUnknown(text);
  const colons: number[] = [];
  for (let at = plain.indexOf(":"); at !== -1 && colons.length < COLONS; at = plain.indexOf(":", at + 1)) colons.push(at);
  return colons;
}

/** A compiled ARN pattern. */
export interface ArnPattern {
  /** The pattern is a lone `*`. */
  readonly any: boolean;
  /** The parts before the last with their colons, where none of them has a wildcard. */
  readonly head?: string;
  /** The parts before the last. */
  readonly parts: readonly Glob[];
  readonly last: Glob;
  readonly unknown: boolean;
  /** Whether a part before the last ends in a `*` that may match across colons. */
  readonly crossesColons: boolean;
  /** What it was compiled from. */
  readonly source: string | readonly Piece[];
  /** Whether it stands in a `Resource` element. Only there may such a `*` match across colons. */
  readonly inResource: boolean;
}

/** @param inResource - false for the ARN operators of conditions, which compare part by part */
export function compileArn(pieces: readonly Piece[], inResource = false): ArnPattern {
  const groups = splitAtColons(pieces);
  const parts = groups.slice(0, -1).map(compileGlob);
  const literal = parts.every((part) => part.literal !== undefined);
  return {
    any: pieces.length === 1 && pieces[0] === STAR,
    head: literal ? parts.map((part) => `${part.literal}:`).join("") : undefined,
    parts,
    last: compileGlob(groups.at(-1)!),
    unknown: pieces.some((piece) => typeof piece === "object"),
    crossesColons: inResource && groups.slice(0, -1).some((group) => group.at(-1) === STAR),
    source: pieces,
    inResource,
  };
}

/**
 * Compiles the text of a `Resource` element that has neither policy variables nor placeholders. Nearly all are plain ARNs with at most
 * a `*` at the end, which need no parts.
 */
export function compilePlainArn(text: string): ArnPattern {
  const wild = text.search(/[*?]/);
  let colon = -1;
  for (let count = 0; count < COLONS && (count === 0 || colon !== -1); count++) colon = text.indexOf(":", colon + 1);
  if (colon === -1 || (wild !== -1 && (wild < text.length - 1 || text[wild] !== "*"))) return compileArn(piecesOf(text, true), true);
  return {
    any: false,
    head: text.slice(0, colon + 1),
    parts: [],
    last: compileGlob(wild === -1 ? [text.slice(colon + 1)] : [text.slice(colon + 1, -1), STAR]),
    unknown: false,
    crossesColons: false,
    source: text,
    inResource: true,
  };
}

export function matchArn(pattern: ArnPattern, arn: ArnText): Ternary {
  if (pattern.any) return YES;
  if (pattern.unknown || arn.tokens !== undefined)
    return matchTokens(tokensOf(pattern), arn.tokens ?? tokensOfText(arn.text), arn.colons.length === COLONS);
  if (pattern.head !== undefined) return arn.text.startsWith(pattern.head) ? matchGlob(pattern.last, arn.text, pattern.head.length) : NO;
  if (matchParts(pattern, arn) === YES) return YES;
  return pattern.crossesColons ? matchTokens(tokensOf(pattern), tokensOfText(arn.text), true) : NO;
}

function matchParts(pattern: ArnPattern, arn: ArnText): Ternary {
  if (arn.colons.length < pattern.parts.length) return NO;
  let start = 0;
  for (const [index, part] of pattern.parts.entries()) {
    const end = arn.colons[index]!;
    if (matchGlob(part, arn.text.slice(start, end)) === NO) return NO;
    start = end + 1;
  }
  return matchGlob(pattern.last, arn.text, start);
}

/** The pieces between the first five colons, and what follows. */
function splitAtColons(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      groups.at(-1)!.push(piece);
      continue;
    }
    let rest = piece;
    for (let at = rest.indexOf(":"); at !== -1 && groups.length <= COLONS; at = rest.indexOf(":")) {
      groups.at(-1)!.push(rest.slice(0, at));
      groups.push([]);
      rest = rest.slice(at + 1);
    }
    groups.at(-1)!.push(rest);
  }
  return groups.map((group) => group.filter((piece) => piece !== ""));
}

const tokens = new WeakMap<ArnPattern, readonly Token[]>();

/** The whole pattern as tokens, for texts that are not known in full. Few patterns meet one, so this is done late. */
function tokensOf(pattern: ArnPattern): readonly Token[] {
  let found = tokens.get(pattern);
  if (found === undefined) {
    const { source, inResource } = pattern;
    found = arnTokens(typeof source === "string" ? piecesOf(source, true) : source, inResource);
    tokens.set(pattern, found);
  }
  return found;
}

/** The tokens, in which each wildcard is bound to its part or free. After a placeholder, which may hide colons, it counts as bound. */
function arnTokens(pieces: readonly Piece[], crossesColons: boolean): Token[] {
  let colons = 0;
  return pieces.flatMap((piece, index) => {
    const free = colons >= COLONS;
    if (piece === STAR) {
      const next = pieces[index + 1];
      const ends = next === undefined || (crossesColons && typeof next === "string" && next.startsWith(":"));
      return [free || ends ? ANY : ANY_IN_SEGMENT];
    }
    if (piece === ONE) return [free ? ANY_ONE : ANY_ONE_IN_SEGMENT];
    if (typeof piece === "string") colons += piece.split(":").length - 1;
    return tokensOfPieces([piece]);
  });
}
