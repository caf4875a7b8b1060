import { showPlace } from "../shared";
import type { ReportedAcceptance } from "./types";

/** `no external ID until Q2 (security, until 2027-06-30; at acceptances.json:4)`. */
export function showAcceptance({ reason, owner, expires, location }: ReportedAcceptance): string {
  const who = [...(owner === undefined ? [] : [owner]), ...(expires === undefined ? [] : [`until ${expires}`])].join(", ");
  return `${reason} (${who === "" ? "" : `${who}; `}at ${showPlace(location)})`;
}
