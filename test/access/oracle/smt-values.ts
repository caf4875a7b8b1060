/** One value of a condition key as variables of SMT-LIB, and whether it matches a text under a positive operator. */
import { isIPv4 } from "node:net";
import { type Sort, sortOf } from "./systems";
import { and, inExpression, not, or, quoted } from "./terms";

export interface Value {
  readonly sort: Sort;
  readonly name: string;
  readonly declarations: readonly string[];
  readonly isEmpty: string;
}

/** Colons before the last part of an ARN. */
const COLONS = 5;
const NO_COLONS = '(re.* (re.diff re.allchar (str.to_re ":")))';

export function declareValue(key: string, name: string): Value {
  const sort = sortOf(key);
  const declare = (suffix: string, type: string) => `(declare-const ${name}${suffix} ${type})`;
  if (sort === "text" || sort === "texts") return { sort, name, declarations: [declare("", "String")], isEmpty: `(= ${name} "")` };
  // A value of another sort than the key's may be the empty text or anything else.
  const others = [declare("_empty", "Bool"), declare("_other", "Bool")];
  const isEmpty = `${name}_empty`;
  if (sort === "arn") {
    const parts = Array.from({ length: COLONS + 1 }, (_, index) => `_${index}`);
    const noColons = parts.slice(0, COLONS).map((part) => `(assert (str.in_re ${name}${part} ${NO_COLONS}))`);
    return { sort, name, declarations: [...parts.map((part) => declare(part, "String")), ...noColons, ...others], isEmpty };
  }
  const isTyped = !key.startsWith("aws:RequestTag/");
  const declarations = [
    declare("", "Real"),
    ...others,
    ...(isTyped ? [`(assert ${not(`${name}_other`)})`] : []),
    ...(sort === "address" ? [declare("_v4", "Bool"), `(assert ${isAddress(name)})`] : []),
  ];
  return { sort, name, declarations, isEmpty };
}

function isAddress(name: string): string {
  return and([`(is_int ${name})`, `(>= ${name} 0.0)`, `(< ${name} (ite ${name}_v4 ${2n ** 32n}.0 ${2n ** 128n}.0))`]);
}

function isOfSort({ name }: Value): string {
  return not(or([`${name}_empty`, `${name}_other`]));
}

export function matchOf(operator: string, text: string, value: Value): string {
  const { name, sort } = value;
  switch (operator) {
    case "StringEquals":
      return sort === "arn" ? matchParts(text, value, (part, own) => `(= ${own} ${quoted(part)})`) : `(= ${name} ${quoted(text)})`;
    case "StringEqualsIgnoreCase":
    case "Bool":
      return inExpression(name, Array.from(text, eitherCase));
    case "StringLike":
      return inExpression(name, Array.from(text, wildcard));
    case "ArnLike":
    case "ArnEquals":
      return matchParts(text, value, (part, own) => inExpression(own, Array.from(part, wildcard)));
    case "IpAddress":
      return and([isOfSort(value), inNetwork(text, name)]);
    default:
      return and([isOfSort(value), compares(operator, text, name)]);
  }
}

/** An ARN is compared part by part; only the last part may hold colons. */
function matchParts(text: string, value: Value, match: (part: string, own: string) => string): string {
  const parts = text.split(":");
  const whole = [...parts.slice(0, COLONS), parts.slice(COLONS).join(":")];
  return and([isOfSort(value), ...whole.map((part, index) => match(part, `${value.name}_${index}`))]);
}

function eitherCase(character: string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  return lower === upper ? `(str.to_re ${quoted(character)})` : `(re.union (str.to_re ${quoted(lower)}) (str.to_re ${quoted(upper)}))`;
}

function wildcard(character: string): string {
  return character === "*" ? "re.all" : character === "?" ? "re.allchar" : `(str.to_re ${quoted(character)})`;
}

const SIGNS: Readonly<Record<string, string>> = {
  Equals: "=",
  LessThan: "<",
  LessThanEquals: "<=",
  GreaterThan: ">",
  GreaterThanEquals: ">=",
};

function compares(operator: string, text: string, name: string): string {
  const bound = operator.startsWith("Date") ? secondsOf(text) : Number(text);
  const sign = SIGNS[operator.replace(/^(Numeric|Date)/, "")];
  if (sign === undefined) throw new Error(`no such operator: ${operator}`);
  return Number.isNaN(bound) ? "false" : `(${sign} ${name} ${real(bound)})`;
}

/** Seconds since 1970, which AWS also takes as they are. */
function secondsOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}

function real(number: number): string {
  const digits = Math.abs(number).toFixed(1);
  return number < 0 ? `(- ${digits})` : digits;
}

function inNetwork(text: string, name: string): string {
  const [address, prefix] = text.split("/") as [string, string?];
  const isV4 = isIPv4(address);
  const first = isV4 ? readV4(address) : readV6(address);
  if (first === undefined) return "false";
  const bits = isV4 ? 32 : 128;
  const size = 2n ** BigInt(bits - Number(prefix ?? bits));
  return and([isV4 ? `${name}_v4` : not(`${name}_v4`), `(<= ${first}.0 ${name})`, `(< ${name} ${first + size}.0)`]);
}

function readV4(address: string): bigint {
  return BigInt(`0x${Buffer.from(address.split(".").map(Number)).toString("hex")}`);
}

/** Only addresses with `::` are drawn. */
function readV6(address: string): bigint | undefined {
  if (!address.includes("::")) return undefined;
  const [head, tail] = address.split("::").map((half) => half.split(":").filter((group) => group !== "")) as [string[], string[]];
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("")}`);
}
