/**
 * The functions of Terraform that configurations use to build policies and names.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */

import { isObject, setOwnValue } from "../../json";
import { hasUnknown, isUnknown } from "../../unknown";
import { decodeJson, encodeJson } from "./json-text";
import { asText, entriesOf, isManageable, isPartlyUnknown, Reference, setOf } from "./value";

/** Returns `undefined` where the result is unknown. */
type Implementation = (...args: readonly unknown[]) => unknown;

/** Functions that accept arguments with unknown parts. */
const OVER_UNKNOWN: ReadonlyMap<string, Implementation> = new Map<string, Implementation>([
  ["jsonencode", (value) => (holdsReference(value) ? undefined : encodeJson(value))],
  ["jsondecode", jsonDecode],
  ["format", (format, ...values) => formatText(format, values)],
  ["formatlist", formatList],
  ["join", join],
  ["concat", (...lists) => (lists.every(Array.isArray) ? lists.flat(1) : undefined)],
  ["merge", merge],
  [
    "element",
    (list, index) => (Array.isArray(list) && typeof index === "number" && list.length > 0 ? list[index % list.length] : undefined),
  ],
  ["lookup", lookup],
  ["length", length],
  ["flatten", (list) => (Array.isArray(list) && !list.some(isUnknown) ? flatten(list) : undefined)],
  ["coalesce", (...values) => firstThat(values, (value) => value !== null && value !== "")],
  ["coalescelist", (...values) => firstThat(values, (value) => Array.isArray(value) && value.length > 0)],
  ["tostring", (value) => (value === null ? null : asText(value))],
  ["tolist", (value) => (Array.isArray(value) ? value : undefined)],
  ["toset", (value) => (Array.isArray(value) ? setOf(value) : undefined)],
  ["tomap", (value) => (isObject(value) ? value : undefined)],
  [
    "keys",
    (value) =>
      entriesOf(value) === undefined || Array.isArray(value)
        ? undefined
        : entriesOf(value)!
            .map(([key]) => String(key))
            .sort(),
  ],
  ["values", (value) => (Array.isArray(value) ? undefined : sortedEntries(value)?.map(([, item]) => item))],
  ["sensitive", (value) => value],
  ["nonsensitive", (value) => value],
  ["one", (value) => (Array.isArray(value) && value.length < 2 ? (value[0] ?? null) : undefined)],
]);

/** Functions whose result is unknown unless all arguments are known. */
const OVER_KNOWN: ReadonlyMap<string, Implementation> = new Map<string, Implementation>([
  ["lower", (text) => asText(text)?.toLowerCase()],
  ["upper", (text) => asText(text)?.toUpperCase()],
  ["trimspace", (text) => asText(text)?.trim()],
  ["trimprefix", (text, prefix) => texts(text, prefix, (a, b) => (b !== "" && a.startsWith(b) ? a.slice(b.length) : a))],
  ["trimsuffix", (text, suffix) => texts(text, suffix, (a, b) => (b !== "" && a.endsWith(b) ? a.slice(0, -b.length) : a))],
  ["startswith", (text, prefix) => texts(text, prefix, (a, b) => a.startsWith(b))],
  ["endswith", (text, suffix) => texts(text, suffix, (a, b) => a.endsWith(b))],
  ["replace", replace],
  ["split", (separator, text) => texts(separator, text, (a, b) => b.split(a))],
  ["tonumber", (value) => (asText(value)?.trim() ? finite(Number(value)) : undefined)],
  ["tobool", (value) => (value === true || value === "true" ? true : value === false || value === "false" ? false : undefined)],
  ["contains", (list, value) => (Array.isArray(list) ? list.some((item) => JSON.stringify(item) === JSON.stringify(value)) : undefined)],
  ["distinct", (list) => (Array.isArray(list) ? distinct(list) : undefined)],
  ["compact", (list) => (Array.isArray(list) ? list.filter((item) => item !== null && item !== "") : undefined)],
  ["sort", (list) => (Array.isArray(list) && list.every((item) => typeof item === "string") ? [...list].sort() : undefined)],
]);

/** The result of a function; `undefined` where it is unknown or the function is not supported. */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  if (!args.every(isManageable)) return undefined;
  const lenient = OVER_UNKNOWN.get(name);
  if (lenient !== undefined) return lenient(...args);
  const strict = OVER_KNOWN.get(name);
  return strict === undefined || args.some((arg) => isPartlyUnknown(arg)) ? undefined : strict(...args);
}

function holdsReference(value: unknown, depth = 0): boolean {
  if (value instanceof Reference || depth > 100) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((item) => holdsReference(item, depth + 1));
}

function jsonDecode(text: unknown): unknown {
  if (typeof text !== "string" || isUnknown(text)) return undefined;
  try {
    return decodeJson(text);
  } catch {
    return undefined;
  }
}

/** Supports `%s`, `%v`, `%d`, `%q` and `%%`. The result of other verbs, which are rare, is unknown. */
function formatText(format: unknown, values: readonly unknown[]): string | undefined {
  if (typeof format !== "string" || hasUnknown(format)) return undefined;
  let next = 0;
  let isUnknownResult = false;
  const text = format.replace(/%(.?)/g, (_, verb: string) => {
    if (verb === "%") return "%";
    const value = asText(values[next++]);
    isUnknownResult ||= value === undefined || !["s", "v", "d", "q"].includes(verb) || (verb === "q" && hasUnknown(value));
    return verb === "q" ? JSON.stringify(value) : String(value);
  });
  return isUnknownResult || next !== values.length ? undefined : text;
}

/** One text for each element. Arguments that are not lists are the same for all. */
function formatList(format: unknown, ...values: readonly unknown[]): unknown {
  const size = values.find(Array.isArray)?.length;
  if (size === undefined || values.some((value) => isUnknown(value) || (Array.isArray(value) && value.length !== size))) return undefined;
  const items = Array.from({ length: size }, (_, index) =>
    formatText(
      format,
      values.map((value) => (Array.isArray(value) ? value[index] : value)),
    ),
  );
  return items.every((item) => item !== undefined) ? items : undefined;
}

function join(separator: unknown, ...lists: readonly unknown[]): string | undefined {
  if (typeof separator !== "string" || !lists.every(Array.isArray)) return undefined;
  const items = lists.flat(1).map(asText);
  return items.every((item) => item !== undefined) ? items.join(separator) : undefined;
}

function merge(...maps: readonly unknown[]): unknown {
  const result: Record<string, unknown> = {};
  for (const map of maps) {
    if (map === null) continue;
    if (!isObject(map) || map instanceof Reference) return undefined;
    for (const [key, value] of Object.entries(map)) setOwnValue(result, key, value);
  }
  return result;
}

function lookup(map: unknown, key: unknown, fallback: unknown): unknown {
  if (!isObject(map) || map instanceof Reference || typeof key !== "string" || hasUnknown(key)) return undefined;
  return Object.hasOwn(map, key) ? map[key] : fallback;
}

function length(value: unknown): number | undefined {
  if (typeof value === "string") return hasUnknown(value) ? undefined : [...value].length;
  return entriesOf(value)?.length;
}

function flatten(list: readonly unknown[]): unknown[] | undefined {
  const result: unknown[] = [];
  for (const item of list) {
    if (isUnknown(item)) return undefined;
    const inner = Array.isArray(item) ? flatten(item) : [item];
    if (inner === undefined) return undefined;
    for (const each of inner) result.push(each);
    if (result.length > 100_000) return undefined;
  }
  return result;
}

/** The first value that fits; undefined where an unknown value before it might fit too. */
function firstThat(values: readonly unknown[], fits: (value: unknown) => boolean): unknown {
  const first = values.find((value) => isUnknown(value) || fits(value));
  return isUnknown(first) ? undefined : first;
}

function distinct(list: readonly unknown[]): unknown[] {
  const seen = new Map(list.map((item) => [item instanceof Reference ? item.name : JSON.stringify(item), item]));
  return [...seen.values()];
}

function sortedEntries(value: unknown): (readonly [string | number, unknown])[] | undefined {
  return entriesOf(value)
    ?.slice()
    .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1));
}

function texts<Result>(left: unknown, right: unknown, combine: (left: string, right: string) => Result): Result | undefined {
  const [first, second] = [asText(left), asText(right)];
  return first === undefined || second === undefined ? undefined : combine(first, second);
}

/** The result is unknown for a regular expression, because the dialect of Terraform differs from that of JavaScript. */
function replace(text: unknown, search: unknown, substitute: unknown): string | undefined {
  if (typeof text !== "string" || typeof search !== "string" || typeof substitute !== "string") return undefined;
  // A text between slashes is a regular expression, also an empty one.
  return (search.length > 1 && search.startsWith("/") && search.endsWith("/")) || search === ""
    ? undefined
    : text.replaceAll(search, () => substitute);
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}
