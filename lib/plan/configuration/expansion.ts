/** `count` and `for_each`: which instances a block has. */

import { own } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { asText, EvaluationFailure, entriesOf, Reference } from "../expression/value";
import type { BlockScope, Stack } from "./scope";

/** More instances than an account can hold: it stops a `count` that somebody got wrong. */
const MOST_INSTANCES = 20_000;

/** The key of an instance; undefined for a block with neither `count` nor `for_each`. */
export type Key = string | number | undefined;

/** The instances of a block with `count` or `for_each`. */
export interface Expansion {
  /** Undefined where the number of instances is not known: then there is one, with unknown keys. */
  readonly keys: readonly Key[] | undefined;
  readonly each: ReadonlyMap<Key, unknown>;
  readonly kind: "single" | "count" | "for_each";
}

const NOTHING: ReadonlyMap<Key, unknown> = new Map();
export const SINGLE: Expansion = { kind: "single", keys: [undefined], each: NOTHING };

export function isExpanded(body: unknown): boolean {
  return own(body, "count") !== undefined || own(body, "for_each") !== undefined;
}

/** The instances of a block, found out when they are first asked for. */
export class LazyExpansion {
  private found: Expansion | undefined;

  public constructor(
    private readonly body: unknown,
    private readonly address: string,
  ) {}

  public get(scope: () => BlockScope, stack: Stack): Expansion {
    if (!isExpanded(this.body)) return SINGLE;
    if (this.found === undefined) {
      // Until it is there, whoever asks is a part of it: a cycle.
      this.found = { kind: "count", keys: undefined, each: new Map([[unknownText(`count.index of ${this.address}`), undefined]]) };
      this.found = expand(this.body, scope(), stack, this.address);
    }
    return this.found;
  }
}

/** Finds out which instances a block with `count` or `for_each` has. */
function expand(body: unknown, scope: BlockScope, stack: Stack, address: string): Expansion {
  const count = own(body, "count");
  const forEach = own(body, "for_each");
  const kind = count === undefined ? "for_each" : "count";
  const source = count ?? forEach;
  const value = scope.at(kind).evaluate(source);
  const entries: readonly (readonly [Key, unknown])[] | undefined = kind === "count" ? countEntries(value) : setEntries(value);
  const total = stack.instances + (entries?.length ?? 1);
  if (entries === undefined || total > MOST_INSTANCES) {
    if (entries !== undefined)
      stack.problems.add("too-many-instances", `there are more than ${MOST_INSTANCES} instances`, scope.at(kind).location());
    const name = (part: string): string => unknownText(`${part} of ${address}`);
    const key = kind === "count" ? name("count.index") : name("each.key");
    return { kind, keys: undefined, each: new Map([[key, name("each.value")]]) };
  }
  stack.instances = total;
  return { kind, keys: entries.map(([key]) => key), each: new Map(entries) };
}

function countEntries(value: unknown): [number, unknown][] | undefined {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0) return undefined;
  return Array.from({ length: Math.min(count, MOST_INSTANCES + 1) }, (_, index) => [index, undefined]);
}

/** A set's elements are their own keys. */
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

export function addressOf(base: string, key: Key): string {
  if (key === undefined) return base;
  return typeof key === "string" && hasUnknown(key) ? `${base}[*]` : `${base}[${JSON.stringify(key)}]`;
}

/** `aws_s3_bucket.x` or `module.x` where it has `count` or `for_each`. */
export class CollectionReference extends Reference {
  public constructor(
    public readonly name: string,
    private readonly kind: Expansion["kind"],
    private readonly keys: readonly Key[] | undefined,
    private readonly instance: (key: Key) => unknown,
    private readonly unknownKey: Key,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    const wanted = this.kind === "count" && /^\d+$/.test(String(key)) ? Number(key) : key;
    if (this.keys?.includes(wanted)) return this.instance(wanted);
    if (this.keys !== undefined) throw new EvaluationFailure(`${this.name} has no instance ${JSON.stringify(key)}`);
    // Of an unknown number of instances, the first is the one that stands for them all; with a name, there may be different ones.
    return wanted === 0 ? this.instance(this.unknownKey) : unknownText(`${this.name}[${JSON.stringify(key)}]`);
  }

  public override entries(): readonly (readonly [string | number, unknown])[] | undefined {
    return this.keys?.map((key) => [key ?? 0, this.instance(key)] as const);
  }
}
