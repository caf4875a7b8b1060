/**
 * The type that several values have in common: Terraform converts the items of a list, and both results of a condition, to it.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
import { isObject, setOwnValue } from "../../json";
import { isUnknown } from "../../unknown";
import { asText, EvaluationFailure, Reference } from "../expression/value";

type Kind = "string" | "number" | "boolean" | "list" | "object";

/** The values, all converted to one type. Throws `EvaluationFailure` where they have none in common. */
export function unified(values: readonly unknown[]): readonly unknown[] {
  const known = values.filter((value) => value !== null && !isUnknown(value) && !(value instanceof Reference));
  const kinds = new Set(known.map(kindOf));
  if (kinds.size < 2) return [...kinds].some((kind) => kind === "list" || kind === "object") ? withUnifiedParts(values) : values;
  if (kinds.has("list") || kinds.has("object") || !kinds.has("string")) {
    throw new EvaluationFailure("the values have no type in common");
  }
  return values.map(toText);
}

function kindOf(value: unknown): Kind {
  if (Array.isArray(value)) return "list";
  return typeof value as Kind;
}

function toText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? (asText(value) ?? value) : value;
}

/** Converts texts, numbers and booleans inside lists and objects, if any of them is a text. */
function withUnifiedParts(values: readonly unknown[]): readonly unknown[] {
  const parts = values.flatMap((value) => (Array.isArray(value) || isObject(value) ? Object.values(value) : []));
  if (!parts.some((part) => typeof part === "string" && !isUnknown(part)) || !parts.some(isNumberOrBoolean)) return values;
  return values.map(withTexts);
}

function isNumberOrBoolean(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toText);
  if (!isObject(value) || value instanceof Reference) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwnValue(result, key, toText(item));
  return result;
}

/** The result of a condition, converted to the type that it has in common with the other result. */
export function convertedLike(value: unknown, other: unknown): unknown {
  if (isObject(value) && isObject(other) && !(value instanceof Reference) && !(other instanceof Reference)) {
    return haveSameKeys(value, other) ? membersLike(value, other) : unified([value, other])[0];
  }
  if (Array.isArray(value) && Array.isArray(other)) {
    return value.length === other.length ? value.map((item, index) => convertedLike(item, other[index])) : unified([value, other])[0];
  }
  return unified([value, other])[0];
}

function haveSameKeys(left: object, right: object): boolean {
  return Object.keys(left).length === Object.keys(right).length && Object.keys(left).every((key) => Object.hasOwn(right, key));
}

function membersLike(value: { readonly [key: string]: unknown }, other: { readonly [key: string]: unknown }): unknown {
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwnValue(result, key, convertedLike(item, other[key]));
  return result;
}

/** Whether a value contains anything that a condition may convert to text. */
export function mayBeConverted(value: unknown): boolean {
  if (isNumberOrBoolean(value)) return true;
  return typeof value === "object" && value !== null && !(value instanceof Reference) && Object.values(value).some(mayBeConverted);
}
