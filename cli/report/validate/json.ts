import { type EscapedText, jsonText } from "../shared";
import type { ValidateReport } from "./types";

/** The report as `schemas/validate-report.schema.json` describes it. */
export function validateJson(report: ValidateReport): EscapedText {
  // A cause says the difference already; its parts are for other formats.
  const destinations = report.destinations.map(({ matrix: _, ...destination }) => ({
    ...destination,
    results: destination.results.map(({ difference: _, ...result }) => result),
  }));
  return jsonText({ ...report, destinations }, 2);
}
