/**
 * Reads the output of `terraform show -json`, of a plan or of a state.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
import { isObject, type JsonObject, listOf, ownValue, textOf, valueAt } from "../../json";
import type { AccountModel } from "../account-model";
import { PlanReadError } from "../files/plan-read-error";
import type { Inventory } from "../resources/inventory";
import { ProblemList } from "../resources/problem-list";
import { requireConsistentPlan } from "./consistency";
import { resourcesLeftOut } from "./left-out";
import { ShownResources } from "./shown-resources";
import type { SourceFiles } from "./written";

interface ShownFile {
  readonly content: unknown;
  /** Path of the file. */
  readonly file: string;
  readonly name: string;
  readonly source: AccountModel["source"];
  /** The files of the configuration that the plan was made of. */
  readonly sources?: SourceFiles | undefined;
}

export function readInventory({ content, file, name, source, sources }: ShownFile): Inventory {
  const version = textOf(ownValue(content, "format_version")) ?? "";
  if (/^([2-9]|\d\d)/.test(version)) {
    const reason = `has the format_version ${version}, which is newer than the supported version 1`;
    throw new PlanReadError(file, reason, "use a newer version of this program");
  }
  const problems = new ProblemList();
  const incomplete = (message: string, pointer: string) => problems.add({ id: "plan-incomplete", message, location: { file, pointer } });
  if (ownValue(content, "errored") === true) incomplete("planning failed, so the plan holds only a part of the changes", "/errored");
  const isDeferred = listOf(ownValue(content, "deferred_changes")).length > 0 || ownValue(content, "complete") === false;
  if (isDeferred) incomplete("the plan defers changes to a later plan, so their result is unknown", "/deferred_changes");
  const unknown = requireConsistentPlan(content, file);
  if (unknown.length > 0) incomplete(`the plan does something unknown with ${unknown.join(", ")}`, "/resource_changes");
  const leftOut = resourcesLeftOut(content);
  if (leftOut.length > 0) {
    const names = leftOut.slice(0, 4).join(", ") + (leftOut.length > 4 ? ` and ${leftOut.length - 4} more` : "");
    incomplete(`the plan leaves out ${names}, which its configuration has`, "/planned_values");
  }
  const resources = new ShownResources(content, file, { sources, problems });
  const removed = removedByType(content);
  return {
    name,
    source,
    problems,
    types: () => resources.types(),
    instances: (type) => resources.inAws(type),
    kept: (type) => resources.keptOfType(type),
    removed: (type) => removed.get(type) ?? [],
  };
}

/** Resources that the plan deletes or replaces. Resources that it only forgets remain in AWS. */
function removedByType(content: unknown): Map<string, JsonObject[]> {
  const removed = new Map<string, JsonObject[]>();
  for (const change of listOf(ownValue(content, "resource_changes"))) {
    const [type, before] = [ownValue(change, "type"), valueAt(change, "change", "before")];
    if (typeof type !== "string" || !isObject(before) || !listOf(valueAt(change, "change", "actions")).includes("delete")) continue;
    const known = removed.get(type);
    if (known === undefined) removed.set(type, [before]);
    else known.push(before);
  }
  return removed;
}
