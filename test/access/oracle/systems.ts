/** Random systems: does a conjunction of conditions hold a request that some other conjunctions do not? */
import fc from "fast-check";

/** One condition of a statement, or that it is not met. */
export interface ConditionOrNot {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly isDenied: boolean;
}

export interface System {
  readonly inside: readonly ConditionOrNot[];
  /** Conjunctions, none of which the request may meet. */
  readonly outside: readonly (readonly ConditionOrNot[])[];
}

/** Of which values of a key are: one text, several texts, an ARN in six parts, a number. */
export type Sort = "text" | "texts" | "arn" | "number" | "date" | "address";

interface Key {
  readonly name: string;
  readonly sort: Sort;
  readonly operators: readonly string[];
  readonly values: fc.Arbitrary<string>;
}

const word = (letters: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((parts) => parts.join(""));

const TEXT_OPERATORS = [
  "StringLike",
  "StringNotLike",
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
];
const NUMBER_OPERATORS = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
const arn = fc
  .tuple(
    ...[
      ["arn", "a?n", "*"],
      ["aws", "*"],
      ["s3", "s?", "", "*"],
      ["", "*"],
      ["", "12", "1*", "*"],
      ["a/b", "a/*", "*", "a:b", "?*:*"],
    ].map((parts) => fc.constantFrom(...parts)),
  )
  .map((parts) => parts.join(":"));

const KEYS: readonly Key[] = [
  { name: "s3:prefix", sort: "text", operators: TEXT_OPERATORS, values: word(["a", "b", "A", "/", "é", "*", "?", "*"], 4) },
  {
    name: "aws:SourceArn",
    sort: "arn",
    operators: ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals", "StringEquals", "StringNotEquals"],
    values: arn,
  },
  { name: "aws:SecureTransport", sort: "text", operators: ["Bool", "StringEquals"], values: fc.constantFrom("true", "false", "True") },
  {
    name: "aws:TagKeys",
    sort: "texts",
    operators: ["ForAllValues:", "ForAnyValue:", ""].flatMap((set) => TEXT_OPERATORS.map((name) => set + name)),
    values: word(["a", "b", "A", "*", "?"], 3),
  },
  {
    name: "s3:max-keys",
    sort: "number",
    operators: NUMBER_OPERATORS.map((name) => `Numeric${name}`),
    values: fc.constantFrom("1", "2", "2.5", "-1", "1e1", "10", " 3 ", "x"),
  },
  {
    name: "aws:RequestTag/size",
    sort: "number",
    operators: NUMBER_OPERATORS.map((name) => `Numeric${name}`),
    values: fc.constantFrom("1", "2", "3", "0", "x"),
  },
  {
    name: "aws:TokenIssueTime",
    sort: "date",
    operators: NUMBER_OPERATORS.map((name) => `Date${name}`),
    values: fc.constantFrom(
      "2025-01-01T00:00:00Z",
      "2025-01-01",
      "2024-12-31T23:59:59Z",
      "1735689600",
      "2025-01-01T01:00:00+01:00",
      "never",
    ),
  },
  {
    name: "aws:SourceIp",
    sort: "address",
    operators: ["IpAddress", "NotIpAddress"],
    values: fc.constantFrom(
      "203.0.113.0/24",
      "203.0.113.0/25",
      "203.0.113.128/25",
      "203.0.113.7",
      "0.0.0.0/0",
      "::/0",
      "2001:db8::/32",
      "2001:db8::1",
      "x",
    ),
  },
];

const SORTS = new Map(KEYS.map(({ name, sort }) => [name, sort]));

export function sortOf(key: string): Sort {
  return SORTS.get(key)!;
}

function conditionOf({ name, operators, values }: Key): fc.Arbitrary<ConditionOrNot> {
  return fc
    .record({
      operator: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...operators) }, { weight: 1, arbitrary: fc.constant("Null") }),
      ifExists: fc.constantFrom("", "", "", "IfExists"),
      values: fc.uniqueArray(values, { minLength: 1, maxLength: 3 }),
      flag: fc.constantFrom("true", "false"),
      isDenied: fc.boolean(),
    })
    .map(({ operator, ifExists, values: list, flag, isDenied }) => ({
      key: name,
      operator: operator === "Null" ? operator : operator + ifExists,
      values: operator === "Null" ? [flag] : list,
      isDenied,
    }));
}

/** All of one key: what is asked of it meets often. */
function ofOneKey(keys: readonly Key[]): fc.Arbitrary<System> {
  return fc.constantFrom(...keys).chain((key) =>
    fc.record({
      inside: fc.array(conditionOf(key), { minLength: 1, maxLength: 3 }),
      outside: fc.array(fc.array(conditionOf(key), { minLength: 1, maxLength: 2 }), { maxLength: 1 }),
    }),
  );
}

/** Boxes of a few keys, as statements are. */
function ofSomeKeys(keys: readonly Key[]): fc.Arbitrary<System> {
  return fc.subarray([...keys], { minLength: 2, maxLength: 3 }).chain((drawn) => {
    const condition = fc.constantFrom(...drawn).chain(conditionOf);
    return fc.record({
      inside: fc.array(condition, { minLength: 1, maxLength: 3 }),
      outside: fc.array(fc.array(condition, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
    });
  });
}

const RANGES = KEYS.filter(({ sort }) => sort === "number" || sort === "date" || sort === "address");
const TEXTS = KEYS.filter((key) => !RANGES.includes(key));

/** Texts cost Z3 ten times as much as numbers. */
export const systemArbitrary: fc.Arbitrary<System> = fc.oneof(
  { weight: 2, arbitrary: ofOneKey(RANGES) },
  { weight: 4, arbitrary: ofSomeKeys(RANGES) },
  { weight: 2, arbitrary: ofOneKey(TEXTS) },
  { weight: 1, arbitrary: ofSomeKeys(KEYS) },
);
