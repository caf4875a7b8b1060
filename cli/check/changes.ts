/** What a change allows and no longer allows, as findings and notes. */
import type { AccessChange } from "../../lib/reach";
import { CONTRACT_RULES } from "../../lib/rules";
import type { ReportedFinding } from "../report/check";
import { reported } from "./reported";

/** What is newly allowed; what could not be compared is not known. */
export function changeFindings({ kind, resource, detail, location }: AccessChange): ReportedFinding[] {
  if (kind === "noLongerAllowed") return [];
  const { id: ruleId, severity, remedy } = CONTRACT_RULES.accessWidened;
  const finding = { ruleId, severity, remedy, contracts: [], location, detail: `${resource}: ${detail}` };
  const shown = reported(kind === "notTold" ? { ...finding, severity: "info", isUnknown: true } : finding);
  return [{ ...shown, fingerprint: `${shown.fingerprint}|${shown.detail}` }];
}

export function narrowingNotes({ kind, resource, detail }: AccessChange): string[] {
  return kind === "noLongerAllowed" ? [`no longer allowed, ${resource}: ${detail}`] : [];
}
