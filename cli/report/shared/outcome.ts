/** Pass, fail and unknown as each format shows them, and how results are counted and ordered. */
import type { Result } from "../../../lib/contract";
import { type Piece, paint } from "./text-writer";

export type Outcome = Result["outcome"];

const GLYPHS: Readonly<Record<Outcome, string>> = { pass: "✓", fail: "✗", unknown: "?" };

/** In GitHub's Markdown. */
export const EMOJI: Readonly<Record<Outcome, string>> = { pass: "✅", fail: "❌", unknown: "❔" };

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = { pass: "holds", fail: "fails", unknown: "not known" };

/** For a terminal. */
export function mark(outcome: Outcome): Piece {
  return paint(GLYPHS[outcome], outcome);
}

export interface OutcomeCounts {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
}

/** The parts of a result that are counted. */
interface Counted {
  readonly outcome: Outcome;
  /** Why the user accepts it. */
  readonly accepted?: string;
}

/** Accepted results are not counted. */
export function countOutcomes(results: readonly Counted[]): OutcomeCounts {
  const counts = { pass: 0, fail: 0, unknown: 0 };
  for (const { outcome, accepted } of results) if (accepted === undefined) counts[outcome]++;
  return counts;
}

export function outcomeOf(results: readonly Counted[]): Outcome {
  const { fail, unknown } = countOutcomes(results);
  if (fail > 0) return "fail";
  return unknown > 0 ? "unknown" : "pass";
}

const ORDER: readonly Outcome[] = ["fail", "unknown", "pass"];

/** Failures first, then what is not known. */
export function worstFirst<Item extends { readonly outcome: Outcome }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
}
