/** The operators of conditions: what each compares, and how it treats a missing key and several values. */
import {
  ADDRESSES,
  between,
  EVERYTHING,
  HIGHEST,
  type Interval,
  type Intervals,
  LOWEST,
  rangeTest,
  readAddresses,
  readDate,
  readNumber,
  type Test,
  unionOf,
} from "../sets";
import { hasUnknown, unknownsIn } from "../unknown";
import { readTexts } from "./texts";

export interface Operator {
  /** The positive operator, in lower case: `stringequals`. */
  readonly name: string;
  readonly isNegated: boolean;
  readonly ifExists: boolean;
  readonly set?: "ForAllValues" | "ForAnyValue";
}

/** What a condition requires of a key, wherever the key's value comes from. */
export interface Demand {
  readonly operator: Operator;
  readonly values: readonly string[];
  readonly hasVariables: boolean;
  readonly whenAbsent: boolean;
}

const NEGATED: Readonly<Record<string, string>> = {
  stringnotequals: "stringequals",
  stringnotequalsignorecase: "stringequalsignorecase",
  stringnotlike: "stringlike",
  arnnotequals: "arnequals",
  arnnotlike: "arnlike",
  notipaddress: "ipaddress",
  numericnotequals: "numericequals",
  datenotequals: "dateequals",
};

export function readOperator(text: string): Operator {
  const [, prefix, name = "", suffix] = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/i.exec(text) ?? [];
  const set = prefix === undefined ? undefined : prefix.toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue";
  const folded = name.toLowerCase();
  return { name: NEGATED[folded] ?? folded, isNegated: folded in NEGATED, ifExists: suffix !== undefined, set };
}

export interface ReadTest {
  readonly test: Test;
  readonly missing: readonly string[];
}

/** The test of a positive operator; undefined for an operator whose comparisons are not modelled. */
export function testOf(operator: string, values: readonly string[], hasVariables: boolean): ReadTest | undefined {
  switch (operator) {
    case "stringequals":
      return readTexts(values, { hasVariables, wildcards: false });
    case "stringequalsignorecase":
    case "bool":
      return readTexts(values, { hasVariables, wildcards: false, ignoresCase: true });
    case "stringlike":
      return readTexts(values, { hasVariables, wildcards: true });
    case "arnequals":
    case "arnlike":
      return readTexts(values, { hasVariables, wildcards: true, arn: "condition" });
    case "ipaddress":
      return ranges({ sort: "address", values, read: readAddresses, whole: ADDRESSES });
    default:
      return comparison(operator, values);
  }
}

const COMPARISONS: Readonly<Record<string, (value: number) => Interval>> = {
  equals: (value) => between(value, value),
  lessthan: (value) => ({ from: LOWEST, to: { value, after: false } }),
  lessthanequals: (value) => ({ from: LOWEST, to: { value, after: true } }),
  greaterthan: (value) => ({ from: { value, after: true }, to: HIGHEST }),
  greaterthanequals: (value) => ({ from: { value, after: false }, to: HIGHEST }),
};

function comparison(operator: string, values: readonly string[]): ReadTest | undefined {
  const [, sort, name] = /^(numeric|date)(.*)$/.exec(operator) ?? [];
  const compare = name === undefined ? undefined : COMPARISONS[name];
  if (compare === undefined) return undefined;
  const parse = sort === "date" ? readDate : readNumber;
  const read = (text: string) => {
    const value = parse(text);
    return value === undefined ? undefined : compare(value);
  };
  return ranges({ sort: sort === "date" ? "date" : "number", values, read, whole: EVERYTHING });
}

interface Ranges {
  readonly sort: "number" | "date" | "address";
  readonly values: readonly string[];
  readonly read: (text: string) => Interval | undefined;
  readonly whole: Intervals;
}

/** A value that cannot be parsed matches nothing. An unknown value may match everything. */
function ranges({ sort, values, read, whole }: Ranges): ReadTest {
  const known = unionOf(values.filter((value) => !hasUnknown(value)).flatMap((value) => read(value) ?? []));
  const missing = values.flatMap(unknownsIn);
  return { test: rangeTest(sort, missing.length > 0 ? whole : known, known), missing };
}
