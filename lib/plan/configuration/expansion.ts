/** Evaluates `count` and `for_each`. */
import { ownValue } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { asBoolean } from "../expression/operators";
import { asText, entriesOf } from "../expression/value";
import { listed } from "./blocks";
import { type Expansion, type Key, SINGLE } from "./instance-keys";
import type { BlockScope, Stack } from "./scope";

/** More instances than an account can hold: it bounds a `count` with a mistake in it, and modules that call each other many times. */
export const MOST_INSTANCES = 20_000;

/** The problem that a block makes more instances than that. */
export const INSTANCE_LIMIT = `there are more than ${MOST_INSTANCES} instances`;

export function isExpanded(body: unknown): boolean {
  return ownValue(body, "count") !== undefined || ownValue(body, "for_each") !== undefined || enabledIn(body) !== undefined;
}

/**
 * Whether OpenTofu makes the only instance.
 *
 * @see https://opentofu.org/docs/language/meta-arguments/enabled/
 */
function enabledIn(body: unknown): unknown {
  return listed(ownValue(body, "lifecycle"))
    .map((each) => ownValue(each, "enabled"))
    .find((enabled) => enabled !== undefined);
}

/** The instances of a block, evaluated on first use. */
export class LazyExpansion {
  private found: Expansion | undefined;

  public constructor(
    private readonly body: unknown,
    private readonly address: string,
  ) {}

  public get(scope: () => BlockScope, stack: Stack): Expansion {
    if (!isExpanded(this.body)) return SINGLE;
    if (this.found === undefined) {
      // A use during its own evaluation is a cycle.
      this.found = { kind: "count", keys: undefined, each: new Map([[unknownText(`count.index of ${this.address}`), undefined]]) };
      this.found = this.expand(scope(), stack);
    }
    return this.found;
  }

  private expand(scope: BlockScope, stack: Stack): Expansion {
    const enabled = enabledIn(this.body);
    if (enabled !== undefined) return singleWhere(asBoolean(scope.at("lifecycle", "enabled").evaluate(enabled)));
    const count = ownValue(this.body, "count");
    const kind = count === undefined ? "for_each" : "count";
    const value = scope.at(kind).evaluate(count ?? ownValue(this.body, "for_each"));
    const entries: readonly (readonly [Key, unknown])[] | undefined = kind === "count" ? countEntries(value) : setEntries(value);
    const total = stack.instances + (entries?.length ?? 1);
    if (entries === undefined || total > MOST_INSTANCES) {
      if (entries !== undefined) {
        stack.problems.add({ id: "too-many-instances", message: INSTANCE_LIMIT, location: scope.at(kind).location() });
      }
      const name = (part: string): string => unknownText(`${part} of ${this.address}`);
      const key = kind === "count" ? name("count.index") : name("each.key");
      return { kind, keys: undefined, each: new Map([[key, name("each.value")]]) };
    }
    stack.instances = total;
    return { kind, keys: entries.map(([key]) => key), each: new Map(entries) };
  }
}

/** The only instance, where it is made. */
function singleWhere(isEnabled: boolean | undefined): Expansion {
  return { ...SINGLE, keys: isEnabled === undefined ? undefined : isEnabled ? [undefined] : [], each: new Map([[undefined, undefined]]) };
}

function countEntries(value: unknown): [number, unknown][] | undefined {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0) return undefined;
  return Array.from({ length: Math.min(count, MOST_INSTANCES + 1) }, (_, index) => [index, undefined]);
}

/** Entries of a map or set. The elements of a set are their own keys. */
function setEntries(value: unknown): (readonly [string, unknown])[] | undefined {
  const members = entriesOf(value);
  if (members === undefined) return undefined;
  const entries: (readonly [string, unknown])[] = [];
  for (const [position, item] of members) {
    const key = asText(Array.isArray(value) ? item : position);
    if (key === undefined || hasUnknown(key)) return undefined;
    entries.push([key, item]);
  }
  return entries;
}
