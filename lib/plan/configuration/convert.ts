/** Converts the value of a variable to the type of the variable, as Terraform does. */

import { isObject, ownValue, setOwnValue, textOf } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import { setOf } from "../expression/value";

const COLLECTION = /^(list|set|map)\((.*)\)$/s;

/**
 * The converted value. Types of objects and tuples leave it unchanged, as does a type that Terraform cannot convert it to.
 *
 * @param type as the configuration writes it: `bool`, `list(string)`
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
export function converted(value: unknown, type: string): unknown {
  const plainType = type.replace(/\s|^\$\{|\}$/g, "");
  if (value === null || isUnknown(value)) return value;
  if (plainType === "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (plainType === "number") return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (plainType === "bool") return value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value;
  const [, kind, of = ""] = COLLECTION.exec(plainType) ?? [];
  if (kind === "map" && isObject(value)) return members(value, of);
  if ((kind === "list" || kind === "set") && Array.isArray(value)) {
    const items = value.map((item) => converted(item, of));
    return kind === "set" ? setOf(items) : items;
  }
  return value;
}

function members(value: object, type: string): object {
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) setOwnValue(result, key, converted(item, type));
  return result;
}

/**
 * The value of a variable.
 *
 * @param given undefined where the variable is not given
 * @param name for the placeholder
 */
export function variableValue(body: unknown, given: unknown, name: string): unknown {
  const isGiven = given !== undefined && (given !== null || ownValue(body, "nullable") !== false);
  const value = isGiven ? given : ownValue(body, "default");
  const type = textOf(ownValue(body, "type")) ?? "";
  // Terraform adds the optional attributes of a type to the value, which this reader does not.
  return value === undefined || type.includes("optional(") ? unknownText(name) : converted(value, type);
}
