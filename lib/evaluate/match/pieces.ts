/** A text of a policy, split at its wildcards and placeholders. */
import { splitAtUnknown } from "../../unknown";

/** A piece of a pattern: literal text, a wildcard, or a placeholder. */
export type Piece = string | typeof STAR | typeof ONE | UnknownPiece;

/** `*`: any number of characters. */
export const STAR = Symbol("*");
/** `?`: exactly one character. */
export const ONE = Symbol("?");

export interface UnknownPiece {
  /** The placeholder. */
  readonly unknown: string;
}

export function piecesOf(text: string, wildcards: boolean): Piece[] {
  const pieces: Piece[] = [];
  splitAtUnknown(text).forEach((part, index) => {
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
