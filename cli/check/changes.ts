/** What a change allows and no longer allows, as findings and notes. */
import type { AccessChange } from "../../lib/reach";
import { CONTRACT_RULES } from "../../lib/rules";
import type { ReportedFinding } from "../report/check";
import { reported } from "./reported";

/** Findings for what is newly allowed, unless the pin approves it. What could not be compared is unknown. */
export function changeFindings({ kind, resource, detail, location, isPinned }: AccessChange): ReportedFinding[] {
  if (kind === "noLongerAllowed" || isPinned) return [];
  const { id: ruleId, severity, remedy } = CONTRACT_RULES.accessWidened;
  const finding = { ruleId, severity, remedy, contracts: [], location, detail: `${resource}: ${detail}` };
  const shown = reported(kind === "undecided" ? { ...finding, severity: "info", isUnknown: true } : finding);
  return [{ ...shown, fingerprint: `${shown.fingerprint}|${shown.detail}` }];
}

export function changeNotes({ kind, resource, detail, isPinned }: AccessChange): string[] {
  if (kind === "noLongerAllowed") return [`no longer allowed, ${resource}: ${detail}`];
  if (!isPinned) return [];
  return [kind === "undecided" ? `not compared, but pinned, ${resource}: ${detail}` : `newly allowed, as pinned, ${resource}: ${detail}`];
}
