/** Adds line numbers to the locations in a report. Finding them takes time, so only locations that need attention get one. */
import type { PolicyLocation } from "../../lib/evaluate";
import { type PlanFile, withLines } from "../../lib/plan";
import type { CheckReport } from "../report/check";

/** @param accepted whether accepted findings get line numbers too */
export function addLines(
  report: CheckReport,
  files: readonly PlanFile[],
  { accepted: withAccepted }: { readonly accepted: boolean },
): CheckReport {
  const wanted = new Set<PolicyLocation>();
  for (const { location } of report.findings) wanted.add(location);
  for (const { findings, location } of report.acceptances) for (const one of [{ location }, ...findings]) wanted.add(one.location);
  for (const { location, results, accepted, outcome } of report.destinations) {
    if (withAccepted) for (const { seen } of accepted) for (const item of seen) wanted.add(item.location);
    if (outcome === "pass") continue;
    wanted.add(location);
    for (const result of results) if (result.outcome !== "pass" && result.location !== undefined) wanted.add(result.location);
  }
  if (wanted.size === 0) return report;
  const before = [...wanted];
  const after = withLines(before, files);
  const lines = new Map(before.map((location, index) => [location, after[index]!]));
  const at = (location: PolicyLocation) => lines.get(location) ?? location;
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, location: at(finding.location) })),
    acceptances: report.acceptances.map((acceptance) => ({
      ...acceptance,
      location: at(acceptance.location),
      findings: acceptance.findings.map((finding) => ({ ...finding, location: at(finding.location) })),
    })),
    destinations: report.destinations.map((destination) => ({
      ...destination,
      location: at(destination.location),
      results: destination.results.map((result) => (result.location === undefined ? result : { ...result, location: at(result.location) })),
      accepted: destination.accepted.map((item) => ({
        ...item,
        seen: item.seen.map((seen) => ({ ...seen, location: at(seen.location) })),
      })),
    })),
  };
}
