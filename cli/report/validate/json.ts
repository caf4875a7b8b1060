import { type EscapedText, jsonText } from "../shared";
import type { DestinationReport, ValidateReport } from "./types";

/** The report as `schemas/validate-report.schema.json` describes it. */
export function validateJson(report: ValidateReport): EscapedText {
  // A cause says the difference already; its parts are for other formats.
  const destinations = report.destinations.map((destination) => ({
    ...withoutMatrix(destination),
    results: destination.results.map(({ difference: _, ...result }) => result),
  }));
  return jsonText({ ...report, destinations }, 2);
}

/** Reading the matrix would compute it. */
function withoutMatrix(destination: DestinationReport): object {
  const names = Object.keys(destination) as (keyof DestinationReport)[];
  return Object.fromEntries(names.filter((name) => name !== "matrix").map((name) => [name, destination[name]]));
}
