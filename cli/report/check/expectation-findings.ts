import { CONTRACT_RULES } from "../../../lib/rules";
import { helpPage } from "../shared";
import type { CheckedDestination, CheckedResult, ReportedFinding } from "./types";

/** Broken and unknown expectations that nobody has accepted, as findings, for formats that only have findings. */
export function expectationFindings(destinations: readonly CheckedDestination[]): ReportedFinding[] {
  return destinations.flatMap((destination) =>
    destination.results
      .filter(({ outcome, accepted }) => outcome !== "pass" && accepted === undefined)
      .map((result) => expectationFinding(result, destination)),
  );
}

/** A broken or unknown expectation as a finding. */
export function expectationFinding(
  result: CheckedResult,
  { contract, location }: Pick<CheckedDestination, "contract" | "location">,
): ReportedFinding {
  const rule = ruleOf(result);
  return {
    ruleId: rule.id,
    severity: rule.severity,
    detail: `${result.title}: ${result.cause ?? `expected ${result.expected}`}`,
    reason: rule.reason,
    remedy: result.remedy ?? rule.remedy,
    location: result.location ?? location,
    contracts: [contract],
    expectation: result.id,
    help: helpPage(rule.id),
    fingerprint: [rule.id, contract, result.id].join("|"),
  };
}

/** The rule that stands for the result. */
export function ruleOf({ outcome, kind, expected }: CheckedResult) {
  if (outcome === "unknown") return CONTRACT_RULES.couldNotTell;
  if (kind === "posture") return CONTRACT_RULES.settingDiffers;
  return expected === "allowed" ? CONTRACT_RULES.vendorLockedOut : CONTRACT_RULES.accessTooWide;
}
