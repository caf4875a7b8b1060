import { type Outcome, outcomeOf } from "../shared";
import type { DestinationReport } from "./types";

/** Leftovers fail a destination. The outcome of a validation that stopped early is unknown. */
export function destinationOutcome({ results, left, stopped }: DestinationReport): Outcome {
  if (left.length > 0) return "fail";
  return outcomeOf([...results, ...(stopped === undefined ? [] : [{ outcome: "unknown" as const }])]);
}
