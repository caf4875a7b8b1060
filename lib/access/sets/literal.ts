/** Literals: what one condition asks of one attribute of a request, and the same denied. */
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

/** What is asked of a value that is there. */
export interface ValueDemand {
  readonly test: Test;
  readonly inverted: boolean;
  /** Of an attribute with several values: whether one must meet the test, or each. */
  readonly quantifier: "some" | "every";
}

export interface Literal {
  readonly attribute: string;
  /** Whether a request without the attribute meets it. */
  readonly whenAbsent: boolean;
  /** Whether the lone empty text meets it, which AWS takes for no value in places; undefined where the demand decides. */
  readonly whenEmpty?: boolean;
  /** A demand, or the same answer for all values. */
  readonly whenPresent: ValueDemand | boolean;
  /** Nothing is known about it: it may be met, and it may not. */
  readonly isUnknown: boolean;
  /** What is missing, where something is. */
  readonly missing: readonly string[];
  /** Set when the negation was first asked for. */
  negation?: Literal;
  readonly id: number;
}

let count = 0;

export type LiteralInput = Omit<Literal, "id" | "negation" | "isUnknown" | "missing"> & Partial<Pick<Literal, "missing">>;

/** Equal literals are one object, as long as what was found out about them is kept. */
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
 * @param key the text that cannot be decided: of the same text the answer is the same
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

/** The attribute is there and meets the test. */
export function positive(attribute: string, test: Test, missing: readonly string[] = []): Literal {
  return literal({ attribute, whenAbsent: false, whenPresent: { test, inverted: false, quantifier: "some" }, missing });
}

/** The attribute is absent. */
export function absent(attribute: string): Literal {
  return literal({ attribute, whenAbsent: true, whenEmpty: true, whenPresent: false });
}

/** The attribute is there, with any value. */
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

export function nameTest(names: Iterable<string>, sureNames: Iterable<string> = names): NameTest {
  const may = new Set(names);
  return { sort: "name", may, must: sureNames === names ? may : new Set(sureNames) };
}

export function rangeTest(sort: RangeTest["sort"], may: Intervals, must: Intervals = may): RangeTest {
  return { sort, may, must };
}
