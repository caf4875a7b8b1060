/** Findings that do not come from a rule: problems in reading the plan, and differences from the pin. */
import { comparePin, type Hash, type Pin } from "../../lib/judge";
import type { Estate } from "../../lib/plan";
import { CONTRACT_RULES, RULE_INFOS } from "../../lib/rules";
import { showUnknown } from "../../lib/unknown";
import type { ReportedFinding } from "../report/check";
import type { Assignment } from "./models";
import { reported } from "./reported";

/** Problems that the plan reader found. A rule already reports two policies for one bucket. */
export function problemFindings({ problems }: Estate): ReportedFinding[] {
  return problems.flatMap(({ id, message, location }) => {
    if (id === "two-bucket-policies") return [];
    const rule = id.startsWith("policy-not-") ? RULE_INFOS.get("malformed-policy")! : CONTRACT_RULES.planIncomplete;
    const base = { ruleId: rule.id, severity: rule.severity, remedy: rule.remedy, contracts: [], location };
    return [reported({ ...base, detail: message })];
  });
}

export interface PinnedInput {
  readonly estate: Estate;
  readonly assignments: readonly Assignment[];
  readonly pin?: Pin;
  readonly hash: Hash;
}

/** Differences from the pin. */
export function pinFindings({ pin, assignments, estate, hash }: PinnedInput): ReportedFinding[] {
  if (pin === undefined) return [];
  return comparePin(
    pin,
    assignments.map((assignment) => ({ ...assignment, model: estate })),
    hash,
  ).map(({ kind, contract, detail, location }) => {
    const rule = kind === "contract" ? CONTRACT_RULES.pinContract : CONTRACT_RULES.pinPrincipal;
    const place = location ?? { file: assignments[0]?.location.file ?? "" };
    const finding = { ruleId: rule.id, severity: rule.severity, detail: `${contract}: ${detail}`, remedy: rule.remedy, location: place };
    return {
      ...reported({ ...finding, contracts: [contract] }),
      fingerprint: [rule.id, showUnknown(contract), showUnknown(detail)].join("|"),
    };
  });
}
