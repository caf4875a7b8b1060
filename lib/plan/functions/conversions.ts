/** Functions that convert types. @see https://developer.hashicorp.com/terraform/language/functions */
import { hasUnknown, isUnknown } from "../../unknown";
import { asText, Reference, setOf } from "../expression/value";
import { numberInText } from "../values/numbers";
import { isSet, orderedLike } from "../values/order";
import { unified } from "../values/unify";
import { counted, type Functions, fail, items, map } from "./arguments";

/** They accept arguments with unknown parts. */
export const CONVERSION_FUNCTIONS: Functions = {
  ephemeralasnull: counted(1, 1, () => undefined),
  issensitive: counted(1, 1, () => undefined),
  nonsensitive: counted(1, 1, (value) => value),
  sensitive: counted(1, 1, (value) => value),
  tobool: convert(toBoolean),
  tolist: convert((value) => orderedLike([...unified(items(value))], value)),
  tomap: convert(toMap),
  tonumber: convert(toNumber),
  toset: convert((value) => (isSet(value) ? value : setOf(unified(items(value))))),
  tostring: convert((value) => asText(value) ?? fail("the value is not a text, number or boolean")),
};

function convert(run: (value: unknown) => unknown): Functions[string] {
  return counted(1, 1, (value) => {
    if (value === null) return null;
    return value instanceof Reference || isUnknown(value) ? undefined : run(value);
  });
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === "string" && hasUnknown(value)) return undefined;
  if (value === true || value === "true" || value === "1") return true;
  return value === false || value === "false" || value === "0" ? false : fail("the value is not a boolean");
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return fail("the value is not a number");
  if (hasUnknown(value)) return undefined;
  return numberInText(value) ?? (/^[-+]?[\d.]+(?:[eE][-+]?\d+)?$/.test(value) ? undefined : fail("the text is not a number"));
}

function toMap(value: unknown): unknown {
  const members = map(value);
  const keys = Object.keys(members);
  const converted = unified(Object.values(members));
  return Object.fromEntries(keys.map((key, index) => [key, converted[index]]));
}
