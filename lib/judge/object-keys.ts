/** Which object keys an expectation stands for. */
import type { Expectation } from "../contract";
import type { Policies } from "../evaluate";
import { hasUnknown, unknownText } from "../unknown";
import { policiesIn } from "./compiled-policies";

const ANY_KEY = unknownText("the key that the vendor chooses");
const OTHER_KEYS = ["2027/01/31/23/events-0001.json.gz", "Ab.csv"];

/** The ARN of the object's folder, with its last slash. */
export function folderOf(object: string): string {
  return object.slice(0, object.lastIndexOf("/") + 1);
}

/** Any object that the vendor might write beside this one. */
export function anyKeyLike(object: string): string {
  return folderOf(object) + ANY_KEY;
}

/** Objects in the same folder, with other keys than the sample of an expectation. */
export function otherKeysLike(object: string): string[] {
  return OTHER_KEYS.map((key) => folderOf(object) + key);
}

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
