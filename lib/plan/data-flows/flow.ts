/** How a resource type is read as data flows. */
import { listOf } from "../../json";
import { isUnknown, unknownsIn, unknownText } from "../../unknown";
import { asText } from "../expression/value";
import type { Instance, Inventory } from "../resources/inventory";
import { blocksOf, inBlock } from "../resources/nested-blocks";
import { plannedPolicy } from "../resources/planned-policy";
import type { PlannedDataFlow, PlannedPolicy } from "../types";

/** A flow without the members that all flows of the resource share. */
export type Flow = Pick<PlannedDataFlow, "kind" | "means" | "source" | "key" | "recipients"> & { readonly policy?: PlannedPolicy };

export type FlowReader = (resource: Instance, inventory: Inventory) => readonly Flow[];

/** The source of a flow that concerns all buckets. */
export const EVERY_BUCKET = "s3://*";

/** An argument as text; a placeholder where it is unknown, undefined where it is not set. */
export function textIn(resource: Instance, argument: string): string | undefined {
  return textFrom(resource.get(argument), `${resource.address}.${argument}`);
}

export function textFrom(value: unknown, source: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return asText(value) ?? unknownText(source);
}

/** The blocks of an argument; one unknown block where their number is unknown. */
export function blocksIn(value: unknown, source: string): readonly unknown[] {
  return blocksOf(value) ?? [unknownText(source)];
}

/** The text at a path of nested single blocks. */
export function textAt(block: unknown, ...path: readonly string[]): string | undefined {
  let value: unknown = block;
  for (const step of path) {
    value = inBlock(Array.isArray(value) ? value[0] : value, step);
    if (value === undefined || value === null) return undefined;
  }
  return textFrom(value, path.join("."));
}

/** The resources of a type in this stack and in the others. */
export function resourcesInAllStacks(inventory: Inventory, type: string): readonly Instance[] {
  return [...inventory.instances(type), ...(inventory.elsewhere?.(type) ?? [])];
}

interface Named {
  readonly type: string;
  /** An ID or ARN, which may be unknown. */
  readonly text: string;
  /** Whether a known text names the resource. */
  readonly isNamed: (resource: Instance) => boolean;
}

/** The resources that a text names: by a reference in this stack, by a known text in any. */
export function resourcesNamed(inventory: Inventory, { type, text, isNamed }: Named): readonly Instance[] {
  const own = inventory.instances(type).filter((each) => isNamed(each) || refersTo(text, each));
  return [...own, ...(inventory.elsewhere?.(type) ?? []).filter(isNamed)];
}

/** Whether an unknown part of the text is an attribute of the resource. */
export function refersTo(text: string, { address }: Instance): boolean {
  return unknownsIn(text).some((source) => source === address || [".", "["].some((next) => source.startsWith(address + next)));
}

/** All texts in a value, at any depth. */
export function textsWithin(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > 20) return [];
  return Object.values(value).flatMap((item) => textsWithin(item, depth + 1));
}

/** An argument that holds a list of texts; an unknown list is one placeholder. */
export function listIn(resource: Instance, argument: string): string[] {
  const value = resource.get(argument);
  return (isUnknown(value) ? [value] : listOf(value)).flatMap((item) => textFrom(item, `${resource.address}.${argument}`) ?? []);
}

/** The policy that an argument holds. */
export function policyIn(resource: Instance, argument: string, { problems }: Inventory): PlannedPolicy {
  return plannedPolicy({
    value: resource.get(argument),
    source: `${resource.address}.${argument}`,
    location: resource.locate(argument),
    problems,
  });
}
