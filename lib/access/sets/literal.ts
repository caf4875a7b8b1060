/** Literals: what one condition requires of one attribute of a request, or the negation of that. */
import type { Intervals } from "./intervals";
import type { StringTest } from "./strings";

/** A set of numbers, points in time or addresses. A value that is none of them is in no such set. */
export interface RangeTest {
  readonly sort: "number" | "date" | "address";
  readonly may: Intervals;
  readonly must: Intervals;
}

/** A finite set of names, such as AWS's own list of actions. */
export interface NameTest {
  readonly sort: "name";
  readonly may: ReadonlySet<string>;
  readonly must: ReadonlySet<string>;
}

export type Test = StringTest | RangeTest | NameTest;

/** What is required of a value. */
export interface ValueDemand {
  readonly test: Test;
  readonly inverted: boolean;
  /** For an attribute with several values: whether one must meet the test, or each. */
  readonly quantifier: "some" | "every";
}

export interface Literal {
  readonly attribute: string;
  /** Whether a request without the attribute meets it. */
  readonly whenAbsent: boolean;
  /** Whether a single empty value meets it, which AWS sometimes treats as absent; undefined if the demand decides. */
  readonly whenEmpty?: boolean;
  /** A demand, or the same answer for all values. */
  readonly whenPresent: ValueDemand | boolean;
  /** It may be met or not: nothing decides it. */
  readonly isUnknown: boolean;
  /** What is missing, if anything is. */
  readonly missing: readonly string[];
  /** Set on first use. */
  negation?: Literal;
  readonly id: number;
}

let count = 0;

export type LiteralInput = Omit<Literal, "id" | "negation" | "isUnknown" | "missing"> & Partial<Pick<Literal, "missing">>;

/** Equal literals are one object, as long as the cache is not cleared. */
export function literal({ attribute, whenAbsent, whenEmpty, whenPresent, missing = [] }: LiteralInput): Literal {
  const key = [attribute, whenAbsent, whenEmpty, typeof whenPresent === "boolean" ? whenPresent : demandKey(whenPresent), ...missing].join(
    "\n",
  );
  let found = literals.get(key);
  if (found === undefined) {
    found = { attribute, whenAbsent, whenEmpty, whenPresent, missing, isUnknown: false, id: count++ };
    if (literals.size >= MOST_LITERALS) literals.clear();
    literals.set(key, found);
  }
  return found;
}

const literals = new Map<string, Literal>();
const MOST_LITERALS = 20_000;

function demandKey({ test, inverted, quantifier }: ValueDemand): string {
  return `${testKey(test)} ${inverted} ${quantifier}`;
}

function testKey(test: Test): string {
  if (test.sort === "string") return `string ${test.id}`;
  if (test.sort === "name") return `name ${[...test.may].join()} ${test.must === test.may ? "" : [...test.must].join()}`;
  const show = (intervals: Intervals) => intervals.map(({ from, to }) => `${from.value}${from.after}${to.value}${to.after}`).join();
  return `${test.sort} ${show(test.may)} ${test.must === test.may ? "" : show(test.must)}`;
}

/**
 * Something about a request that cannot be decided.
 *
 * @param key the text that cannot be decided; equal texts give the same literal
 */
export function unknownLiteral(attribute: string, missing: readonly string[], key: string): Literal {
  const whole = ["unknown", attribute, key, ...missing].join("\n");
  let found = literals.get(whole);
  if (found === undefined) {
    found = { attribute, whenAbsent: true, whenPresent: true, isUnknown: true, missing, id: count++ };
    literals.set(whole, found);
  }
  return found;
}

/** The attribute is present and meets the test. */
export function positive(attribute: string, test: Test, missing: readonly string[] = []): Literal {
  return literal({ attribute, whenAbsent: false, whenPresent: { test, inverted: false, quantifier: "some" }, missing });
}

/** The attribute is absent. */
export function absent(attribute: string): Literal {
  return literal({ attribute, whenAbsent: true, whenEmpty: true, whenPresent: false });
}

/** The attribute is present, with any value. */
export function present(attribute: string): Literal {
  return literal({ attribute, whenAbsent: false, whenEmpty: false, whenPresent: true });
}

/** Always met, or never. */
export function constant(attribute: string, answer: boolean): Literal {
  return literal({ attribute, whenAbsent: answer, whenEmpty: answer, whenPresent: answer });
}

export function negate(one: Literal): Literal {
  if (one.isUnknown) return one;
  if (one.negation === undefined) {
    const { attribute, whenAbsent, whenEmpty, whenPresent, missing } = one;
    one.negation = {
      attribute,
      whenAbsent: !whenAbsent,
      whenEmpty: whenEmpty === undefined ? undefined : !whenEmpty,
      whenPresent: typeof whenPresent === "boolean" ? !whenPresent : opposite(whenPresent),
      missing,
      isUnknown: false,
      id: count++,
      negation: one,
    };
  }
  return one.negation;
}

function opposite({ test, inverted, quantifier }: ValueDemand): ValueDemand {
  return { test, inverted: !inverted, quantifier: quantifier === "some" ? "every" : "some" };
}

export function nameTest(names: Iterable<string>, certainNames: Iterable<string> = names): NameTest {
  const may = new Set(names);
  return { sort: "name", may, must: certainNames === names ? may : new Set(certainNames) };
}

export function rangeTest(sort: RangeTest["sort"], may: Intervals, must: Intervals = may): RangeTest {
  return { sort, may, must };
}
