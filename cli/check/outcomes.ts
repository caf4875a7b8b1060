/** The outcome of a destination. Findings about it count too, so that no destination with a ✓ fails the check. */
import type { Severity } from "../../lib/rules";
import { type CheckedDestination, isFailure, type ReportedFinding } from "../report/check";
import { worstFirst } from "../report/shared";

export interface ConcerningFindings {
  readonly findings: readonly ReportedFinding[];
  /** Name of the bucket or role, for findings without a contract. */
  readonly resourceOf: ReadonlyMap<ReportedFinding, string>;
  /** Findings of this severity and above make the check fail. */
  readonly failOn: Severity | "none";
}

/** The destination with the worst outcome of its results and of the findings that fail the check or are unknown. */
export function withFindings(destination: CheckedDestination, { findings, resourceOf, failOn }: ConcerningFindings): CheckedDestination {
  const { contract, bucket, role } = destination;
  const concerns = (finding: ReportedFinding) =>
    finding.contracts.includes(contract) || [bucket, role].some((name) => name !== undefined && name === resourceOf.get(finding));
  const concerning = findings.filter((finding) => (finding.isUnknown || isFailure(finding.severity, failOn)) && concerns(finding));
  if (concerning.length === 0) return destination;
  const outcomes = concerning.map(({ isUnknown }) => ({ outcome: isUnknown ? ("unknown" as const) : ("fail" as const) }));
  const [worst] = worstFirst([{ outcome: destination.outcome }, ...outcomes]);
  return { ...destination, outcome: worst!.outcome, findingRules: [...new Set(concerning.map(({ ruleId }) => ruleId))] };
}
