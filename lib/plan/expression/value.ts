/**
 * What expressions evaluate to: JSON values, where a text may hold placeholders and a text that is one placeholder stands for any
 * value that is not known; and, while evaluating, references to things whose members are looked up on demand.
 */

import { isObject, own, setOwn } from "../../json";
import { hasUnknown, unknownsIn, unknownText } from "../../unknown";

export { isUnknown } from "../../unknown";

/** A resource, several instances of one, or a module: its members are resolved only when somebody asks for them. */
export abstract class Reference {
  /** For naming what is not known. */
  public abstract readonly name: string;
  public abstract member(key: string | number): unknown;
  /** The members in order, where this is a collection; else undefined. */
  public entries(): readonly (readonly [string | number, unknown])[] | undefined {
    return undefined;
  }
}

/** An expression that Terraform itself would refuse: a thing that is not declared, a position that is not there. */
export class EvaluationFailure extends Error {}

/** The name in a placeholder. */
export function unknownName(placeholder: string): string {
  return unknownsIn(placeholder)[0] ?? "";
}

/** More than any configuration has in one value; a list that contains itself many times over has more. */
const MOST_VALUES = 200_000;
const DEEPEST = 150;

/** Whether a value can be gone through: it is not too large, and not nested too deeply. */
export function isManageable(value: unknown): boolean {
  return countValues(value, MOST_VALUES, 0) <= MOST_VALUES;
}

function countValues(value: unknown, limit: number, depth: number): number {
  if (typeof value !== "object" || value === null || value instanceof Reference) return 1;
  if (depth > DEEPEST) return limit + 1;
  let count = 1;
  for (const child of Object.values(value)) {
    count += typeof child === "object" ? countValues(child, limit - count, depth + 1) : 1;
    if (count > limit) break;
  }
  return count;
}

/** Whether any part of the value is not known. */
export function isPartlyUnknown(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return hasUnknown(value);
  if (value instanceof Reference || depth > DEEPEST) return true;
  if (Array.isArray(value)) return value.some((item) => isPartlyUnknown(item, depth + 1));
  return isObject(value) && Object.entries(value).some(([key, item]) => hasUnknown(key) || isPartlyUnknown(item, depth + 1));
}

/** A value without references: they become placeholders. */
export function plain(value: unknown, name = "a value that is too large"): unknown {
  if (typeof value !== "object" || value === null) return value;
  return isManageable(value) ? withoutReferences(value) : unknownText(name);
}

function withoutReferences(value: unknown): unknown {
  if (value instanceof Reference) return unknownText(value.name);
  if (Array.isArray(value)) return value.some((item) => typeof item === "object") ? value.map(withoutReferences) : value;
  if (!isObject(value) || !Object.values(value).some((item) => typeof item === "object")) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, withoutReferences(item));
  return result;
}

/** `value.key` or `value[key]`. */
export function memberOf(value: unknown, key: string | number): unknown {
  if (value instanceof Reference) return value.member(key);
  if (Array.isArray(value)) {
    const position = typeof key === "number" ? key : /^\d+$/.test(key) ? Number(key) : -1;
    if (position in value) return value[position];
    throw new EvaluationFailure(`there is no element ${JSON.stringify(key)}`);
  }
  if (isObject(value) && Object.hasOwn(value, String(key))) return own(value, String(key));
  throw new EvaluationFailure(`there is no ${JSON.stringify(String(key))}`);
}

/** The members of a collection as pairs of key and value, undefined for anything else. */
export function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] | undefined {
  if (value instanceof Reference) return value.entries();
  if (Array.isArray(value) && sets.has(value)) return value.map((item) => [asText(item) ?? "", item] as const);
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  // Terraform sorts the keys of maps and objects.
  return isObject(value) ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)) : undefined;
}

const sets = new WeakSet<readonly unknown[]>();

/** A set: its elements, each once, are their own keys. Terraform sorts those of texts. */
export function setOf(items: readonly unknown[]): readonly unknown[] {
  const known = new Map(items.map((item) => [JSON.stringify(item), item]));
  const set = [...known.values()];
  if (set.every((item) => typeof item === "string")) set.sort();
  sets.add(set);
  return set;
}

/** The text of a value inside a larger text; undefined where it has none. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Deep equality. `undefined` where it hangs on what is not known. */
export function isSame(left: unknown, right: unknown): boolean | undefined {
  if (left === right) return true;
  if (!isManageable(left) || !isManageable(right)) return undefined;
  if (isPartlyUnknown(left) || isPartlyUnknown(right)) return undefined;
  return JSON.stringify(left, inOrder) === JSON.stringify(right, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(entriesOf(value)!) : value;
}
