/** Which object keys an expectation stands for. */
import type { Expectation } from "../contract";
import type { Policies } from "../evaluate";
import { hasUnknown, unknownText } from "../unknown";
import { policiesIn } from "./compiled-policies";

/** Any key that the vendor might choose under its prefix. */
export const ANY_KEY = unknownText("the key that the vendor chooses");
/** Keys that differ from the sample key of an expectation. */
export const OTHER_KEYS = ["2027/01/31/23/events-0001.json.gz", "Ab.csv"];

/** Whether each resource in the policies covers every key in the folder or none, as far as the texts show. */
export function treatsAlike(policies: Policies, folder: string): boolean {
  for (const policy of policiesIn(policies)) {
    for (const { resource } of policy.statements) {
      for (const text of resource?.texts ?? []) if (!coversAllOrNone(text, folder)) return false;
    }
  }
  return true;
}

function coversAllOrNone(pattern: string, folder: string): boolean {
  const fixed = pattern.endsWith("*") ? pattern.slice(0, -1) : pattern;
  if (hasUnknown(fixed) || /[*?$]/.test(fixed)) return pattern !== fixed && folder.startsWith(fixed) && !/[*?$]/.test(fixed);
  return !fixed.startsWith(folder) || fixed === folder;
}

/** Whether the expectation is about objects that the vendor must be able to deliver. */
export function deliversObjects({ actor, action, expected, resource }: Expectation): boolean {
  return actor === "vendor" && expected === "allowed" && action.startsWith("s3:") && resource.includes("/");
}
