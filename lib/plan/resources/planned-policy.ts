/** Parses the policy that an argument holds. */
import type { PolicyLocation } from "../../evaluate";
import { duplicateMembers, isDeeperThan } from "../../json";
import { isUnknown, quoteUnknown, showUnknown, unknownText } from "../../unknown";
import { decodeJson, encodeJson, UnfinishedJson } from "../expression/json-text";
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
    if (typeof document === "string" && !isUnknown(document)) throw new SyntaxError("it is one text, as of jsonencode applied twice");
    if (hasMany(text, DEEPEST) && isDeeperThan(document, DEEPEST)) throw new SyntaxError(`it is nested more than ${DEEPEST} levels deep`);
    const twice = duplicateIn(text, document);
    if (twice === undefined) return { ...named, document, text, location };
    problems.add({ id: "policy-not-unique", message: `the policy has ${twice}, which AWS refuses`, location });
    return { ...named, document: unknownText(source), text, location };
  } catch (error) {
    if (error instanceof UnfinishedJson) return { ...named, document: unknownText(source), text, location };
    const reason = showUnknown(String(error instanceof Error ? error.message : error));
    problems.add({ id: "policy-not-json", message: `the policy is not JSON: ${reason}`, location });
    return { ...named, document: unknownText(source), text, location };
  }
}

/** Names a member that the text has twice in one object. A parsed document no longer shows it. */
function duplicateIn(text: string, document: unknown): string | undefined {
  // Texts that Terraform encodes are the same when they are written again.
  if (encodeJson(document) === text) return undefined;
  const twice = duplicateMembers(quoteUnknown(text)).next().value;
  return twice && `the member ${JSON.stringify(twice.name)} twice in one object, the second time at its line ${twice.line}`;
}

/** Whether the text has enough brackets to be nested that deep. Counting them is cheaper than computing the depth. */
function hasMany(text: string, most: number): boolean {
  let count = 0;
  for (const bracket of "[{") {
    for (let at = text.indexOf(bracket); at >= 0 && count <= most; at = text.indexOf(bracket, at + 1)) count++;
  }
  return count > most;
}
