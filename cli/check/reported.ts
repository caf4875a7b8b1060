import { type Finding, RULE_INFOS } from "../../lib/rules";
import { showUnknown } from "../../lib/unknown";
import type { ReportedFinding } from "../report/check";
import { helpPage } from "../report/shared";

/** A finding that the contract might accept, where the contract is not known. */
export function asUnknown(finding: Finding): Finding {
  return finding.isUnknown ? finding : { ...finding, severity: "info", isUnknown: true, detail: `could not tell: ${finding.detail}` };
}

/** A finding of a rule as reports show it. */
export function reported({ ruleId, severity, detail, remedy, location, isUnknown, statement, contracts }: Finding): ReportedFinding {
  return {
    ruleId,
    severity,
    detail: showUnknown(detail),
    reason: RULE_INFOS.get(ruleId)!.reason,
    remedy,
    location,
    ...(isUnknown && { isUnknown }),
    ...(statement && { statement }),
    contracts: contracts.map(showUnknown),
    help: helpPage(ruleId),
    fingerprint: [ruleId, location.address ?? location.file, statement?.sid ?? statement?.index ?? ""].join("|"),
  };
}
