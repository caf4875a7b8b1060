/** Parses the policy that an argument holds. */
import type { PolicyLocation } from "../../evaluate";
import { isDeeperThan } from "../../json";
import { isUnknown, showUnknown, unknownText } from "../../unknown";
import { decodeJson } from "../expression/json-text";
import type { PlannedPolicy } from "../types";
import type { ProblemList } from "./problem-list";

const DEEPEST = 100;

interface PolicyArgument {
  readonly value: unknown;
  /** What the placeholder is named after where the policy is unknown. */
  readonly source: string;
  readonly location: PolicyLocation;
  readonly problems: ProblemList;
  /** Name of the policy. */
  readonly name?: string;
}

export function plannedPolicy({ value, source, location, problems, name }: PolicyArgument): PlannedPolicy {
  const named = name === undefined ? {} : { name };
  if (value === undefined || value === null) return { ...named, document: unknownText(source), location };
  if (isUnknown(value)) return { ...named, document: value, location };
  if (typeof value === "object") {
    problems.add({ id: "policy-not-text", message: "the policy is an object, but Terraform expects JSON text; use jsonencode", location });
    return { ...named, document: isDeeperThan(value, DEEPEST) ? unknownText(source) : value, location };
  }
  const text = String(value);
  try {
    const document = decodeJson(text);
    if (hasMany(text, DEEPEST) && isDeeperThan(document, DEEPEST)) throw new SyntaxError(`it is nested more than ${DEEPEST} levels deep`);
    return { ...named, document, text, location };
  } catch (error) {
    const reason = showUnknown(String(error instanceof Error ? error.message : error));
    problems.add({ id: "policy-not-json", message: `the policy is not JSON: ${reason}`, location });
    return { ...named, document: unknownText(source), text, location };
  }
}

/** Whether the text has enough brackets to be nested that deep, which is cheaper to find out than its depth. */
function hasMany(text: string, most: number): boolean {
  let count = 0;
  for (const bracket of "[{") {
    for (let at = text.indexOf(bracket); at >= 0 && count <= most; at = text.indexOf(bracket, at + 1)) count++;
  }
  return count > most;
}
