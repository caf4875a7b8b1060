/** From an argument that holds a policy to the policy. */

import type { PolicyLocation } from "../../evaluate";
import { isDeeperThan } from "../../json";
import { showUnknown, unknownText } from "../../unknown";
import { decodeJson } from "../expression/json-text";
import { isUnknown } from "../expression/value";
import type { PlannedPolicy } from "../types";
import type { ProblemList } from "./inventory";

const DEEPEST = 100;

/**
 * Parses a policy.
 *
 * @param missing the name of the policy, for the placeholder where it is not known
 */
export function plannedPolicy(
  value: unknown,
  missing: string,
  location: PolicyLocation,
  problems: ProblemList,
  name?: string,
): PlannedPolicy {
  const named = name === undefined ? {} : { name };
  if (value === undefined || value === null) return { ...named, document: unknownText(missing), location };
  if (isUnknown(value)) return { ...named, document: value, location };
  if (typeof value === "object") {
    problems.add("policy-not-text", "the policy is no text, but Terraform wants JSON text; wrap it in jsonencode", location);
    return { ...named, document: isDeeperThan(value, DEEPEST) ? unknownText(missing) : value, location };
  }
  const text = String(value);
  try {
    const document = decodeJson(text);
    if (hasMany(text, DEEPEST) && isDeeperThan(document, DEEPEST)) throw new SyntaxError(`it is nested more than ${DEEPEST} levels deep`);
    return { ...named, document, text, location };
  } catch (error) {
    problems.add(
      "policy-not-json",
      `the policy is not JSON: ${showUnknown(String(error instanceof Error ? error.message : error))}`,
      location,
    );
    return { ...named, document: unknownText(missing), text, location };
  }
}

/** Whether the text has enough brackets to be nested that deep: cheaper to tell than how deep it is. */
function hasMany(text: string, most: number): boolean {
  let count = 0;
  for (const bracket of "[{") {
    for (let at = text.indexOf(bracket); at >= 0 && count <= most; at = text.indexOf(bracket, at + 1)) count++;
  }
  return count > most;
}
