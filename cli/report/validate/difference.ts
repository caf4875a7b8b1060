import { type DiffLine, diffLines } from "../shared";
import type { LiveResult } from "./types";

export interface ShownDifference {
  /** The cause without the policies' text. */
  readonly cause: string;
  readonly lines: readonly DiffLine[];
}

/** A difference between planned and live policies as the lines of a diff, in place of a cause that holds both texts. */
export function differenceOf({ difference }: LiveResult): ShownDifference | undefined {
  if (difference === undefined) return undefined;
  return {
    cause: "the live text differs from the plan (- planned, + live)",
    lines: diffLines(difference.planned.flatMap(statementLines), difference.live.flatMap(statementLines)),
  };
}

/** A statement in canonical JSON, one member a line. */
function statementLines(statement: string): string[] {
  return JSON.stringify(JSON.parse(statement), null, 2).split("\n");
}

/** The shown lines as text. */
export function differenceTexts({ lines }: ShownDifference): string[] {
  return lines.map(({ sign, text }) => `${sign} ${text}`);
}
