/** Functions on lists and maps. @see https://developer.hashicorp.com/terraform/language/functions */
import { isObject, setOwnValue } from "../../json";
import { hasUnknown, isUnknown } from "../../unknown";
import { LONGEST_TEXT } from "../expression/budget";
import { asText, entriesOf, hasUnknownKeys, identityOf, isPartlyUnknown, isSame, Reference } from "../expression/value";
import { compareTexts, isSet, isUnordered, markUnordered, orderedLike } from "../values/order";
import { unified } from "../values/unify";
import { counted, type Functions, fail, integer, items, list, map, text, texts } from "./arguments";
import { characters } from "./texts";

const LONGEST_LIST = 100_000;

/** Functions that accept arguments with unknown parts. */
export const COLLECTION_FUNCTIONS: Functions = {
  coalesce: (...values) => firstThat(values, (value) => value !== null && value !== ""),
  coalescelist: (...values) => firstThat(values, (value) => items(value).length > 0),
  compact: counted(1, 1, compact),
  concat,
  contains: counted(2, 2, contains),
  element: counted(2, 2, element),
  flatten: counted(1, 1, (value) => (isUnknown(value) || value instanceof Reference ? undefined : flatten(items(value)))),
  join,
  keys: counted(1, 1, (value) => membersOf(value, ([key]) => String(key))),
  length: counted(1, 1, length),
  lookup: counted(2, 3, lookup),
  merge,
  one: counted(1, 1, one),
  values: counted(1, 1, (value) => membersOf(value, ([, item]) => item)),
};

/** Functions whose result is unknown unless all arguments are known. */
export const KNOWN_COLLECTION_FUNCTIONS: Functions = {
  alltrue: counted(1, 1, (value) => items(value).every((item) => text(item) === "true")),
  anytrue: counted(1, 1, (value) => items(value).some((item) => item !== null && text(item) === "true")),
  chunklist: counted(2, 2, (value, size) => chunks(list(value), integer(size))),
  distinct: counted(1, 1, (value) => distinct(unified(list(value)))),
  index: counted(2, 2, (value, wanted) => position(list(value), wanted)),
  matchkeys: counted(3, 3, (values, keys, wanted) => matchKeys(list(values), list(keys), items(wanted))),
  reverse: counted(1, 1, (value) => [...items(value)].reverse()),
  slice: counted(3, 3, (value, start, end) => slice(list(value), integer(start), integer(end))),
  transpose: counted(1, 1, (value) => transpose(map(value))),
  zipmap: counted(2, 2, (keys, values) => zip(texts(list(keys)), list(values))),
};

/** The first value that fits; `undefined` where an unknown value before it might fit too. */
function firstThat(values: readonly unknown[], fits: (value: unknown) => boolean): unknown {
  const first = values.findIndex((value) => isUnknown(value) || value instanceof Reference || fits(value));
  if (first < 0) return fail("no argument has a value");
  const found = values[first];
  return isUnknown(found) || found instanceof Reference ? undefined : unified(values)[first];
}

/** Undefined where an item may turn out to be empty. */
function compact(value: unknown): unknown {
  if (isUnknown(value) || value instanceof Reference || items(value).some((item) => isUnknown(item) || item instanceof Reference))
    return undefined;
  return orderedLike(
    items(value).flatMap((item) => (item === null || item === "" ? [] : [text(item)])),
    value,
  );
}

function contains(value: unknown, wanted: unknown): boolean | undefined {
  if (isUnknown(value) || value instanceof Reference) return undefined;
  const found = items(value).map((item) => isSame(item, wanted));
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

function concat(...lists: readonly unknown[]): unknown {
  if (lists.some((each) => isUnknown(each) || each instanceof Reference)) return undefined;
  return orderedLike(lists.flatMap(list), ...lists);
}

function element(value: unknown, index: unknown): unknown {
  if (isUnknown(value) || value instanceof Reference || isUnordered(value) || (typeof index === "string" && hasUnknown(index)))
    return undefined;
  const [all, at] = [list(value), integer(index)];
  if (all.length === 0) return fail("an empty list has no element");
  // Versions of Terraform differ for negative numbers.
  return at < 0 ? undefined : all[at % all.length];
}

function flatten(values: readonly unknown[], from: readonly unknown[] = values): unknown[] | undefined {
  const result: unknown[] = [];
  let isOrdered = !isUnordered(from);
  for (const item of values) {
    if (isUnknown(item)) return undefined;
    const inner = Array.isArray(item) ? flatten(item) : [item];
    if (inner === undefined) return undefined;
    isOrdered &&= !isUnordered(inner) && !isUnordered(item);
    for (const each of inner) result.push(each);
    if (result.length > LONGEST_LIST) return undefined;
  }
  return isOrdered ? result : markUnordered(result);
}

function join(separator: unknown, ...lists: readonly unknown[]): string | undefined {
  if (lists.some((each) => !Array.isArray(each) || isUnordered(each)))
    return lists.some(isPlainValue) ? fail("the argument is not a list") : undefined;
  const parts = lists.flat(1);
  if (typeof separator !== "string" || parts.includes(null)) return fail("an item is null, or the separator is not a text");
  const written = parts.map(asText);
  if (!written.every((part) => part !== undefined)) return undefined;
  const length = written.reduce((sum, part) => sum + part.length + separator.length, 0);
  return length > LONGEST_TEXT ? undefined : written.join(separator);
}

function isPlainValue(value: unknown): boolean {
  return !isUnknown(value) && (typeof value !== "object" || value === null);
}

function membersOf(value: unknown, pick: (entry: readonly [string | number, unknown]) => unknown): unknown {
  if (Array.isArray(value)) return fail("the argument is not a map");
  const entries = entriesOf(value);
  const picked = entries && [...entries].sort(([one], [other]) => compareTexts(String(one), String(other))).map(pick);
  return picked && isObject(value) && hasUnknownKeys(value) ? markUnordered(picked) : picked;
}

function length(value: unknown): number | undefined {
  if (typeof value === "string") return hasUnknown(value) ? undefined : characters(value).length;
  if (typeof value !== "object" || value === null) return fail("the argument has no length");
  const size = entriesOf(value)?.length;
  return size !== undefined && size > 1 && mayBeFewer(value) ? undefined : size;
}

/** Two elements of a set, or two keys of a map, may turn out to be the same. */
function mayBeFewer(value: object): boolean {
  return Array.isArray(value) ? isUnordered(value) && isPartlyUnknown(value) : !(value instanceof Reference) && hasUnknownKeys(value);
}

function lookup(value: unknown, key: unknown, ...fallback: readonly unknown[]): unknown {
  if (isUnknown(value) || value instanceof Reference || (typeof key === "string" && hasUnknown(key))) return undefined;
  const [members, name] = [map(value), text(key)];
  if (hasUnknownKeys(members)) return undefined;
  if (Object.hasOwn(members, name)) return members[name];
  return fallback.length === 0 ? fail(`there is no ${JSON.stringify(name)}`) : fallback[0];
}

function merge(...values: readonly unknown[]): unknown {
  const result: Record<string, unknown> = {};
  for (const value of values) {
    if (value === null) continue;
    if (isUnknown(value) || value instanceof Reference) return undefined;
    for (const [key, item] of Object.entries(map(value))) setOwnValue(result, key, item);
  }
  return result;
}

function one(value: unknown): unknown {
  if (isUnknown(value) || value instanceof Reference) return undefined;
  const all = items(value);
  if (all.length > 1) return isSet(value) && isPartlyUnknown(value) ? undefined : fail("the list has more than one item");
  return all[0] ?? null;
}

function chunks(value: readonly unknown[], size: number): unknown {
  if (size < 0) return fail("the size is negative");
  if (size === 0) return [value];
  return Array.from({ length: Math.ceil(value.length / size) }, (_, index) => value.slice(index * size, (index + 1) * size));
}

function distinct(values: readonly unknown[]): unknown[] {
  const seen = new Map<string, unknown>();
  for (const value of values) if (!seen.has(identityOf(value))) seen.set(identityOf(value), value);
  return [...seen.values()];
}

function position(values: readonly unknown[], wanted: unknown): number {
  const at = values.findIndex((item) => isSame(item, wanted) === true);
  return at < 0 ? fail("the list does not hold the value") : at;
}

function matchKeys(values: readonly unknown[], keys: readonly unknown[], wanted: readonly unknown[]): unknown {
  if (values.length !== keys.length) return fail("the lists differ in length");
  return values.filter((_, index) => wanted.some((key) => isSame(key, keys[index]) === true));
}

function slice(values: readonly unknown[], start: number, end: number): unknown {
  return start < 0 || end > values.length || start > end ? fail("the bounds are out of range") : values.slice(start, end);
}

function transpose(value: { readonly [key: string]: unknown }): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, names] of entriesOf(value)!) {
    for (const name of texts(names)) {
      const known = Object.hasOwn(result, name) ? (result[name] as unknown[]) : [];
      setOwnValue(result, name, [...known, String(key)]);
    }
  }
  return result;
}

function zip(keys: readonly string[], values: readonly unknown[]): unknown {
  if (keys.length !== values.length) return fail("the lists differ in length");
  const result: Record<string, unknown> = {};
  for (const [index, key] of keys.entries()) setOwnValue(result, key, values[index]);
  return result;
}
