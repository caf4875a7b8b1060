/** Keys and addresses of the instances that `count` and `for_each` make. */
import { hasUnknown } from "../../unknown";

/** The key of an instance; undefined for a block with neither `count` nor `for_each`. */
export type Key = string | number | undefined;

/** The instances of a block with `count` or `for_each`. */
export interface Expansion {
  /** Undefined where the number of instances is unknown: one instance with unknown keys then represents them all. */
  readonly keys: readonly Key[] | undefined;
  /** `each.value` by the key of the instance. */
  readonly each: ReadonlyMap<Key, unknown>;
  readonly kind: "single" | "count" | "for_each";
}

const NOTHING: ReadonlyMap<Key, unknown> = new Map();
export const SINGLE: Expansion = { kind: "single", keys: [undefined], each: NOTHING };

export function addressOf(base: string, key: Key): string {
  if (key === undefined) return base;
  return typeof key === "string" && hasUnknown(key) ? `${base}[*]` : `${base}[${JSON.stringify(key)}]`;
}
