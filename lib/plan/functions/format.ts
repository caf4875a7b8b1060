/** `format` and `formatlist`. @see https://developer.hashicorp.com/terraform/language/functions/format */
import { hasUnknown, isUnknown } from "../../unknown";
import { encodeSortedJson } from "../expression/json-text";
import { asText, isPartlyUnknown } from "../expression/value";
import { exactNumber } from "../values/numbers";
import { isUnordered } from "../values/order";
import { fail, integer, number } from "./arguments";

const VERB = /%(?<flags>[-+ 0#]*)(?<width>\d*)(?:\.(?<precision>\d*))?(?:\[(?<position>\d+)\])?(?<verb>.?)/gsu;
const MOST_DIGITS = 15;
const WIDEST = 10_000;

/** The text; `undefined` where it is unknown. Plain `%s` and `%v` let unknown parts through. */
export function formatText(format: unknown, ...values: readonly unknown[]): string | undefined {
  if (typeof format !== "string") return fail("the format is not a text");
  if (hasUnknown(format)) return undefined;
  let next = 0;
  let isUnknownResult = false;
  let hasPositions = false;
  const text = format.replace(VERB, (...match) => {
    const { verb, position, ...directive } = match.at(-1) as Directive;
    if (verb === "%") return "%";
    if (position !== undefined) {
      hasPositions = true;
      next = Number(position) - 1;
    }
    if (next >= values.length || next < 0) fail("the format has more verbs than values");
    const written = formatValue({ verb, position, ...directive }, values[next++]);
    isUnknownResult ||= written === undefined;
    return written ?? "";
  });
  if (!hasPositions && next !== values.length) fail("the format has fewer verbs than values");
  return isUnknownResult ? undefined : text;
}

interface Directive {
  readonly flags: string;
  readonly width: string;
  readonly precision?: string | undefined;
  readonly position?: string | undefined;
  readonly verb: string;
}

function formatValue(directive: Directive, value: unknown): string | undefined {
  const { flags, width, precision, verb } = directive;
  if (value === null) return undefined;
  const text = asText(value);
  if (text !== undefined && flags === "" && width === "" && precision === undefined) {
    if (verb === "s" || (verb === "v" && typeof value !== "number")) return text;
  }
  if (isPartlyUnknown(value)) return undefined;
  if (Number(width) > WIDEST || Number(precision) > MOST_DIGITS) return undefined;
  const plain = converted(directive, value);
  return plain === undefined ? undefined : padded(plain, directive);
}

function converted({ flags, precision, verb }: Directive, value: unknown): string | undefined {
  const text = asText(value);
  switch (verb) {
    case "s":
      return text === undefined ? fail("%s takes a text") : cut(text, precision);
    case "q":
      return text === undefined ? fail("%q takes a text") : encodeSortedJson(cut(text, precision));
    case "v":
      return typeof value === "string" && !flags.includes("#")
        ? value
        : typeof value === "number"
          ? general(value)
          : encodeSortedJson(value);
    case "t":
      return text === "true" || text === "false" ? text : fail("%t takes a boolean");
    case "d":
      return signed(integer(value), flags, String);
    case "b":
      return signed(integer(value), flags, (digits) => digits.toString(2));
    case "o":
      return signed(integer(value), flags, (digits) => digits.toString(8));
    case "x":
    case "X":
      return hexadecimal(value, flags, verb);
    case "f":
      return signed(number(value), flags, (digits) => fixed(digits, precision === undefined ? 6 : Number(precision)));
    case "e":
    case "E":
    case "g":
    case "G":
      return undefined;
    default:
      return fail(`there is no verb %${verb}`);
  }
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : [...text].slice(0, Number(precision)).join("");
}

/** Terraform writes large and small numbers with an exponent here. */
function general(value: number): string | undefined {
  const isShort = value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15);
  return isShort && exactNumber(value) !== undefined ? String(value) : undefined;
}

function signed(value: number, flags: string, write: (digits: number) => string | undefined): string | undefined {
  const digits = write(Math.abs(value));
  const sign = value < 0 ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  return digits === undefined ? undefined : sign + digits;
}

/** `toFixed` rounds what is exactly halfway up, and Terraform to the even digit. */
function fixed(value: number, digits: number): string | undefined {
  const beyond = value * 10 ** digits;
  return Number.isSafeInteger(Math.floor(beyond)) && Math.abs((beyond % 1) - 0.5) > 1e-6 ? value.toFixed(digits) : undefined;
}

function hexadecimal(value: unknown, flags: string, verb: "x" | "X"): string | undefined {
  // The digits of a text are those of its bytes.
  if (typeof value === "string") return undefined;
  return signed(integer(value), flags, (digits) => (verb === "X" ? digits.toString(16).toUpperCase() : digits.toString(16)));
}

function padded(text: string, { flags, width, verb }: Directive): string | undefined {
  const missing = Number(width) - [...text].length;
  if (missing <= 0) return text;
  if (!/^[ -~]*$/.test(text) || (flags.includes("0") && flags.includes("-"))) return undefined;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + text;
  if (!"dboxXf".includes(verb)) return undefined;
  const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}

/** One text for each item. Arguments that are not lists are the same for all. */
export function formatList(format: unknown, ...values: readonly unknown[]): unknown {
  if (values.some((value) => isUnknown(value) || isUnordered(value))) return undefined;
  const lists = values.filter(Array.isArray);
  const size = lists[0]?.length ?? 1;
  if (lists.some((list) => list.length !== size)) return fail("the lists differ in length");
  const items = Array.from({ length: size }, (_, index) =>
    formatText(format, ...values.map((value) => (Array.isArray(value) ? value[index] : value))),
  );
  return items.every((item) => item !== undefined) ? items : undefined;
}
