/**
 * The functions of Terraform 1.12 whose results follow from their arguments.
 *
 * Those that read files, the clock or chance, and those of most providers, are unknown, as are `yamlencode`, `yamldecode`, `base64gzip`
 * and `rsadecrypt`.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
import { isManageable, isPartlyUnknown } from "../expression/value";
import { isUnordered } from "../values/order";
import type { Functions } from "./arguments";
import { COLLECTION_FUNCTIONS, KNOWN_COLLECTION_FUNCTIONS } from "./collections";
import { CONVERSION_FUNCTIONS } from "./conversions";
import { DATE_FUNCTIONS } from "./dates";
import { ENCODING_FUNCTIONS, JSON_FUNCTIONS } from "./encodings";
import { HASH_FUNCTIONS } from "./hashes";
import { NETWORK_FUNCTIONS } from "./networks";
import { NUMBER_FUNCTIONS } from "./numbers";
import { PARTLY_KNOWN_TEXT_FUNCTIONS } from "./partly-known-texts";
import { ARN_BUILD, PROVIDER_FUNCTIONS } from "./provider";
import { SET_FUNCTIONS } from "./sets";
import { TEXT_FUNCTIONS } from "./texts";

const { format, formatlist, replace, ...ofKnownTexts } = TEXT_FUNCTIONS;

/** Functions that accept arguments with unknown parts. */
const OVER_UNKNOWN: Functions = {
  ...COLLECTION_FUNCTIONS,
  ...CONVERSION_FUNCTIONS,
  ...JSON_FUNCTIONS,
  ...ARN_BUILD,
  format: format!,
  formatlist: formatlist!,
  replace: replace!,
};

/** Functions whose result is unknown unless all arguments are known, or the known parts of texts decide it. */
const OVER_KNOWN: Functions = {
  ...ofKnownTexts,
  ...KNOWN_COLLECTION_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...SET_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...HASH_FUNCTIONS,
  ...NETWORK_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...PROVIDER_FUNCTIONS,
};

/** Functions whose result does not depend on the order of the items. */
const IGNORES_ORDER: ReadonlySet<string> = new Set(["alltrue", "anytrue", "contains", "max", "min", "sum", "sort"]);

/**
 * The result of a function; `undefined` where it is unknown or the function is not supported.
 *
 * Throws `EvaluationFailure` where Terraform refuses the arguments.
 */
export function callFunction(name: string, args: readonly unknown[]): unknown {
  if (!args.every(isManageable)) return undefined;
  const lenient = Object.hasOwn(OVER_UNKNOWN, name) ? OVER_UNKNOWN[name] : undefined;
  if (lenient !== undefined) return lenient(...args);
  const strict = Object.hasOwn(OVER_KNOWN, name) ? OVER_KNOWN[name] : undefined;
  if (strict === undefined) return undefined;
  if (args.some((arg) => isPartlyUnknown(arg))) return partlyKnown(name, args);
  return !IGNORES_ORDER.has(name) && !name.startsWith("set") && args.some(isUnordered) ? undefined : strict(...args);
}

function partlyKnown(name: string, args: readonly unknown[]): unknown {
  const run = Object.hasOwn(PARTLY_KNOWN_TEXT_FUNCTIONS, name) ? PARTLY_KNOWN_TEXT_FUNCTIONS[name] : undefined;
  const isExpected = args.length === (name === "lower" || name === "upper" ? 1 : 2) && args.every((arg) => typeof arg === "string");
  return run !== undefined && isExpected ? run(...(args as readonly string[])) : undefined;
}
