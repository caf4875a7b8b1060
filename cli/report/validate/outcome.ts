import { type Outcome, outcomeOf } from "../shared";
import type { DestinationReport } from "./types";

/** What was left behind fails a destination; a validation that stopped before its end is not known. */
export function destinationOutcome({ results, left, stopped }: DestinationReport): Outcome {
  if (left.length > 0) return "fail";
  return outcomeOf([...results, ...(stopped === undefined ? [] : [{ outcome: "unknown" as const }])]);
}
