/**
 * The values of expressions: JSON values, in which a text may hold placeholders, and a text that is one placeholder stands for an unknown
 * value of any type. During evaluation, also references whose members are resolved on demand.
 */

import { memoizeByObject } from "../../evaluate";
import { isObject, ownValue, setOwnValue } from "../../json";
import { hasUnknown, isUnknown, showUnknown, splitAtUnknown, unknownsIn, unknownText, withoutEscapedMarks } from "../../unknown";
import { nameOfBlock, onlyBlock } from "../values/blocks";
import { decimalText } from "../values/numbers";
import { compareTexts, isSet, isUnordered, markSet, markUnordered } from "../values/order";

/** A resource, a collection of its instances, or a module. Its members are resolved on demand. */
export abstract class Reference {
  /** The name of the placeholder that replaces the reference. */
  public abstract readonly name: string;
  public abstract member(key: string | number): unknown;
  /** The members in order; undefined where this is not a collection. */
  public entries(): readonly (readonly [string | number, unknown])[] | undefined {
    return undefined;
  }
}

/** The expression is an error in Terraform too, for example because a name is not declared or a list has no such element. */
export class EvaluationFailure extends Error {}

/** The name in a placeholder. */
export function unknownName(placeholder: string): string {
  return unknownsIn(placeholder)[0] ?? "";
}

/** A bound far above any real value. Only lists that contain each other many times exceed it. */
const MOST_VALUES = 200_000;
const DEEPEST = 150;

/** Whether a value is neither too large nor nested too deeply to be traversed. */
export function isManageable(value: unknown): boolean {
  return countValues(value, MOST_VALUES, 0) <= MOST_VALUES;
}

/** About how much work it is to go through a value. */
export function workOf(value: unknown): number {
  return typeof value === "string" ? value.length / CHARACTERS_A_STEP : countValues(value, MOST_VALUES, 0);
}

const CHARACTERS_A_STEP = 64;

function countValues(value: unknown, limit: number, depth: number): number {
  if (typeof value === "string") return 1 + value.length / CHARACTERS_A_STEP;
  if (typeof value !== "object" || value === null || value instanceof Reference) return 1;
  if (depth > DEEPEST) return limit + 1;
  let count = 1;
  for (const child of Object.values(value)) {
    count += countValues(child, limit - count, depth + 1);
    if (count > limit) break;
  }
  return count;
}

/** Whether any part of the value is unknown. */
export function isPartlyUnknown(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return hasUnknown(value);
  if (value instanceof Reference || depth > DEEPEST) return true;
  if (Array.isArray(value)) return value.some((item) => isPartlyUnknown(item, depth + 1));
  return isObject(value) && Object.entries(value).some(([key, item]) => hasUnknown(key) || isPartlyUnknown(item, depth + 1));
}

/** The value with placeholders in the place of references. */
export function plain(value: unknown, name = "a value that is too large"): unknown {
  if (typeof value !== "object" || value === null) return value;
  return isManageable(value) ? withoutReferences(value) : unknownText(name);
}

function withoutReferences(value: unknown): unknown {
  if (value instanceof Reference) return unknownText(value.name);
  if (Array.isArray(value)) return value.some((item) => typeof item === "object") ? value.map(withoutReferences) : value;
  if (!isObject(value) || !Object.values(value).some((item) => typeof item === "object")) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwnValue(result, key, withoutReferences(item));
  return result;
}

/** The value as JSON, for the name of a placeholder. */
export function jsonForPeople(value: unknown): string {
  const json = JSON.stringify(plain(value), (_, item) => (typeof item === "string" ? showUnknown(item) : item)) ?? "";
  // A member whose name is unknown still has the signs of a placeholder.
  return withoutEscapedMarks(json);
}

/** `value.key` or `value[key]`. */
export function memberOf(value: unknown, key: string | number): unknown {
  if (value instanceof Reference) return value.member(key);
  if (Array.isArray(value)) {
    const position = typeof key === "number" ? key : /^\d+$/.test(key) ? Number(key) : -1;
    const isMissing = isSet(value) || !(position in value);
    const blocks = isMissing ? nameOfBlock(value) : undefined;
    if (blocks !== undefined) return unknownText(`${blocks}[${JSON.stringify(key)}]`);
    if (isMissing) throw new EvaluationFailure(`there is no element ${JSON.stringify(key)}`);
    return isUnordered(value) ? unknownMember(value, key) : value[position];
  }
  if (isObject(value) && hasUnknownKeys(value)) return unknownMember(value, key);
  if (isObject(value)) {
    const found = ownValue(value, String(key));
    const block = found === undefined || found === null ? nameOfBlock(value) : undefined;
    if (block !== undefined) return unknownText(`${block}.${key}`);
    if (Object.hasOwn(value, String(key))) return found;
    const only = String(key) === "0" ? onlyBlock(value) : undefined;
    if (only !== undefined) return only;
  }
  throw new EvaluationFailure(`there is no ${JSON.stringify(String(key))}`);
}

/** A member that depends on what is unknown. It is named after the whole collection, because equal names mean equal values. */
function unknownMember(value: object, key: string | number): string {
  return unknownText(`${isManageable(value) ? jsonForPeople(value) : "a value that is too large"}[${JSON.stringify(key)}]`);
}

/** Whether a key of the object is unknown. It may turn out to be the same as any other. */
export const hasUnknownKeys = memoizeByObject((value: object) => Object.keys(value).some(hasUnknown));

/** The members of a collection as pairs of key and value; undefined for any other value. */
export function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] | undefined {
  if (value instanceof Reference) return value.entries();
  if (isSet(value)) return value.map((item) => [asText(item) ?? "", item] as const);
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  // Terraform sorts the keys of maps and objects.
  return isObject(value) ? Object.entries(value).sort(([one], [other]) => compareTexts(one, other)) : undefined;
}

/** A set of items of one type. Its distinct elements are their own keys. */
export function setOf(items: readonly unknown[]): readonly unknown[] {
  const set = [...new Map(items.map((item) => [identityOf(item), item])).values()];
  const type = typeof set[0];
  if (type !== "object" && set.every((item) => typeof item === type && !isPartlyUnknown(item))) set.sort(compareElements);
  else markUnordered(set);
  markSet(set);
  return set;
}

/** A text that equal values share. */
export function identityOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value, inOrder) : JSON.stringify(value);
}

function compareElements(left: unknown, right: unknown): number {
  return typeof left === "string" && typeof right === "string" ? compareTexts(left, right) : Number(left) - Number(right);
}

/** The text of a value inside a template; undefined where Terraform accepts none there. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return decimalText(value);
  return typeof value === "boolean" ? String(value) : undefined;
}

/** Deep equality. `undefined` where it depends on unknown parts. */
export function isSame(left: unknown, right: unknown): boolean | undefined {
  if (left === right) return true;
  if (!isManageable(left) || !isManageable(right)) return undefined;
  if (isPartlyUnknown(left) || isPartlyUnknown(right)) return isDifferent(left, right) ? false : undefined;
  if (isUnordered(left) && !isSet(left)) return undefined;
  return JSON.stringify(left, inOrder) === JSON.stringify(right, inOrder);
}

/** Whether two values, one of them partly unknown, are different whatever is unknown: null and a value, or texts whose known parts differ. */
function isDifferent(left: unknown, right: unknown): boolean {
  const [one, other] = [left, right].map((value) => (typeof value === "string" && !isUnknown(value) ? splitAtUnknown(value) : undefined));
  if (one !== undefined && other !== undefined) return haveDifferentEnds(one, other) || isLonger(one, other) || isLonger(other, one);
  return (left === null && isSomething(right)) || (right === null && isSomething(left));
}

function haveDifferentEnds(one: readonly string[], other: readonly string[]): boolean {
  const [start, otherStart, end, otherEnd] = [one[0]!, other[0]!, one.at(-1)!, other.at(-1)!];
  return !(start.startsWith(otherStart) || otherStart.startsWith(start)) || !(end.endsWith(otherEnd) || otherEnd.endsWith(end));
}

/** Whether the known parts of one text are longer than another, known text. */
function isLonger(one: readonly string[], other: readonly string[]): boolean {
  const length = one.filter((part) => !hasUnknown(part)).join("").length;
  return other.length === 1 && length > other[0]!.length;
}

/** Whether the value is certainly not null. */
function isSomething(value: unknown): boolean {
  return typeof value === "string" ? !isUnknown(value) : typeof value === "object" && value !== null && !(value instanceof Reference);
}

function inOrder(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(entriesOf(value)!) : value;
}
