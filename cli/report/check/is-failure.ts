import { SEVERITIES, type Severity } from "../../../lib/rules";

/** Whether a finding of this severity makes the check fail. @param failOn the lowest severity that does */
export function isFailure(severity: Severity, failOn: Severity | "none"): boolean {
  return failOn !== "none" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}
