/** `dynamic` blocks: nested blocks that an expression generates. */

import { isObject, type JsonObject, ownValue, setOwnValue, textOf } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import { reportSpent } from "../expression/budget";
import { entriesOf, unknownName } from "../expression/value";
import { listed } from "./blocks";
import type { BlockScope } from "./scope";

const MOST_BLOCKS = 20_000;
const DEEPEST = 12;
const STEPS_A_BLOCK = 20;

/** The `dynamic` blocks for nested blocks of one name. */
export function dynamicSpecs(dynamic: unknown, label: string): unknown[] {
  if (dynamic === undefined) return [];
  return listed(dynamic).flatMap((each) => {
    const spec = ownValue(each, label);
    return spec === undefined ? [] : listed(spec);
  });
}

/** The value of an argument. Where it holds nested blocks, the `dynamic` blocks inside them are expanded. */
export function evaluateBlocks(given: unknown, scope: BlockScope, depth = 0): unknown {
  if (depth > DEEPEST || !holdsDynamic(given, 0)) return scope.evaluatePlain(given);
  if (Array.isArray(given)) return given.map((item) => evaluateBlocks(item, scope, depth + 1));
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(given as object)) {
    if (key !== "dynamic") setOwnValue(result, key, evaluateBlocks(item, scope, depth + 1));
  }
  const dynamic = ownValue(given, "dynamic");
  for (const label of listed(dynamic).flatMap((each) => (isObject(each) ? Object.keys(each) : []))) {
    setOwnValue(result, label, addDynamicBlocks(ownValue(result, label), { dynamic, label, scope, depth: depth + 1 }));
  }
  return result;
}

function holdsDynamic(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return false;
  if (Object.hasOwn(value, "dynamic")) return true;
  if (Array.isArray(value)) return value.some((item) => holdsDynamic(item, depth + 1));
  for (const key in value) {
    const child = (value as JsonObject)[key];
    if (typeof child === "object" && holdsDynamic(child, depth + 1)) return true;
  }
  return false;
}

interface DynamicBlocks {
  /** The member `dynamic` of the body. */
  readonly dynamic: unknown;
  /** The name of the nested blocks. */
  readonly label: string;
  readonly scope: BlockScope;
  readonly depth: number;
}

/** Appends the blocks that `dynamic` generates to those that are written out. */
export function addDynamicBlocks(value: unknown, { dynamic, label, scope, depth }: DynamicBlocks): unknown {
  const blocks: unknown[] = [...listed(value)];
  for (const spec of dynamicSpecs(dynamic, label)) {
    const over = scope.evaluate(ownValue(spec, "for_each"));
    const entries = entriesOf(over);
    if (entries === undefined || entries.length > MOST_BLOCKS) {
      return unknownText(scope.nameOf(`${label} for each of ${isUnknown(over) ? unknownName(over) : "a value that is not a collection"}`));
    }
    const iterator = textOf(ownValue(spec, "iterator")) ?? label;
    const content = listed(ownValue(spec, "content"))[0];
    for (const [key, item] of entries) {
      scope.budget.spend(STEPS_A_BLOCK);
      if (scope.budget.isSpent) {
        reportSpent(scope, `dynamic ${label}`);
        return unknownText(scope.nameOf(`the blocks ${label}`));
      }
      blocks.push(evaluateBlocks(content, scope.with(iterator, { key, value: item }), depth + 1));
    }
  }
  return blocks;
}
