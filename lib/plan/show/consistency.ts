/**
 * Refuses plans that contradict themselves: Terraform writes every change twice, into `planned_values` and into `resource_changes`. Where
 * the two differ, somebody has edited the plan, and no reader can tell which of the two will be applied.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
import { isObject, listOf, ownValue, textOf, valueAt } from "../../json";
import { PlanReadError } from "../files/plan-read-error";

const DEEPEST_MODULES = 60;
const REMEDY = 'run "terraform show -json PLANFILE" again, and give its output as it is';

/** The effect of a change on its resource, by its actions. */
const ACTIONS: ReadonlyMap<string, "stays" | "goes"> = new Map([
  ["no-op", "stays"],
  ["create", "stays"],
  ["read", "stays"],
  ["update", "stays"],
  ["delete create", "stays"],
  ["create delete", "stays"],
  ["create forget", "stays"],
  ["delete", "goes"],
  ["forget", "goes"],
]);

/** Throws `PlanReadError` for the first contradiction. Returns the addresses of changes with actions that are not known here. */
export function requireConsistentPlan(content: unknown, file: string): string[] {
  const planned = plannedValues(content, file);
  const changes = listOf(ownValue(content, "resource_changes"));
  const unknown: string[] = [];
  const seen = new Set<string>();
  for (const change of changes) {
    const address = textOf(ownValue(change, "address"));
    if (address === undefined || ownValue(change, "deposed") !== undefined) continue;
    if (seen.has(address)) throw new PlanReadError(file, `lists the changes of ${address} twice`, REMEDY);
    seen.add(address);
    requireOwnAddress(change, address, file);
    const outcome = ACTIONS.get(listOf(valueAt(change, "change", "actions")).join(" "));
    if (outcome === undefined) unknown.push(address);
    const fault = outcome && planned && faultOf({ address, change, outcome, planned });
    if (fault !== undefined) throw new PlanReadError(file, `contradicts itself: ${address} ${fault}`, REMEDY);
  }
  return unknown;
}

/** An address ends in the type and the name of its resource. */
function requireOwnAddress(resource: unknown, address: string, file: string): void {
  const [mode, type, name] = ["mode", "type", "name"].map((member) => textOf(ownValue(resource, member)));
  if (type === undefined || name === undefined) return;
  const own = `${mode === "data" ? "data." : ""}${type}.${name}`;
  const given = address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/s, "");
  const isOwn =
    given === own || (given.endsWith(`.${own}`) && (mode === "data" || !given.endsWith(`.data.${own}`)) && given.startsWith("module."));
  if (!isOwn) throw new PlanReadError(file, `contradicts itself: ${address} is listed as ${own}`, REMEDY);
}

interface Compared {
  readonly address: string;
  readonly change: unknown;
  readonly outcome: "stays" | "goes";
  readonly planned: ReadonlyMap<string, unknown>;
}

/** The difference between the change and the planned values of a resource. */
function faultOf({ address, change, outcome, planned }: Compared): string | undefined {
  if (!planned.has(address)) {
    // A data source that is read during apply has no planned values.
    return outcome === "goes" || ownValue(change, "mode") === "data" ? undefined : "is changed, and has no planned values";
  }
  // Terraform lists what it forgets, without values.
  if (outcome === "goes") return (planned.get(address) ?? null) === null ? undefined : "is deleted or forgotten, and has planned values";
  const after = valueAt(change, "change", "after");
  const different = after === undefined ? undefined : differenceIn(planned.get(address) ?? {}, after ?? {});
  return different === undefined ? undefined : `has another ${different} in planned_values than in resource_changes`;
}

/** The values of the resources that will exist, by address; undefined if the plan does not contain them. */
function plannedValues(content: unknown, file: string): Map<string, unknown> | undefined {
  const root = valueAt(content, "planned_values", "root_module");
  if (root === undefined) return undefined;
  const found = new Map<string, unknown>();
  const visit = (module: unknown, depth: number): void => {
    if (depth > DEEPEST_MODULES) return;
    for (const resource of listOf(ownValue(module, "resources"))) {
      const address = textOf(ownValue(resource, "address"));
      if (address === undefined) continue;
      if (found.has(address)) throw new PlanReadError(file, `lists the planned values of ${address} twice`, REMEDY);
      requireOwnAddress(resource, address, file);
      found.set(address, ownValue(resource, "values"));
    }
    for (const child of listOf(ownValue(module, "child_modules"))) visit(child, depth + 1);
  };
  visit(root, 0);
  return found;
}

/** The first argument or attribute in which the values of a resource differ. Terraform omits values that are completely unknown. */
function differenceIn(one: unknown, other: unknown): string | undefined {
  if (!isObject(one) || !isObject(other)) return "form";
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].find((key) => !isSame(one[key], other[key], 0));
}

/** An absent member is null. */
function isSame(one: unknown, other: unknown, depth: number): boolean {
  if (one === other || ((one ?? null) === null && (other ?? null) === null)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || depth > DEEPEST_MODULES) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(ownValue(one, key), ownValue(other, key), depth + 1));
}
