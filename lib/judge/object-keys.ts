/** Which object keys an expectation stands for. */
import type { Expectation } from "../contract";
import { memoizeByObject, type Policies } from "../evaluate";
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

/** A resource of a statement: its text, less a wildcard at the end. */
interface ResourcePattern {
  readonly fixed: string;
  readonly endsOpen: boolean;
  readonly hasWildcard: boolean;
  readonly isUnknown: boolean;
}

const patternsOf = memoizeByObject(resourcePatterns);

/** Whether each resource in the policies covers every key in the folder or none, as far as the texts show. */
export function treatsAlike(policies: Policies, folder: string): boolean {
  return patternsOf(policies).every((pattern) => coversAllOrNone(pattern, folder));
}

function resourcePatterns(policies: Policies): ResourcePattern[] {
  const texts = policiesIn(policies).flatMap(({ statements }) => statements.flatMap(({ resource }) => resource?.texts ?? []));
  return texts.map((text) => {
    const endsOpen = text.endsWith("*");
    const fixed = endsOpen ? text.slice(0, -1) : text;
    return { fixed, endsOpen, hasWildcard: /[*?$]/.test(fixed), isUnknown: hasUnknown(fixed) };
  });
}

function coversAllOrNone({ fixed, endsOpen, hasWildcard, isUnknown }: ResourcePattern, folder: string): boolean {
  if (hasWildcard) return false;
  if (isUnknown) return endsOpen && folder.startsWith(fixed);
  return !fixed.startsWith(folder) || fixed === folder;
}

/** Whether the expectation is about objects that the vendor must be able to deliver. */
export function deliversObjects({ actor, action, expected, resource }: Expectation): boolean {
  return actor === "vendor" && expected === "allowed" && action.startsWith("s3:") && resource.includes("/");
}
