/** Members of a case. */
import { isObject } from "../../json";
import { caseFormatError } from "./case-error";

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, where: string, property = "case"): Fields {
  if (isObject(value)) return value;
  throw caseFormatError({ property, rule: "must be an object", value, where });
}

/** `null` is the same as absent. */
export function optional(fields: Fields, name: string): unknown {
  return fields[name] ?? undefined;
}
