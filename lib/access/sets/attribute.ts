/** One attribute of a request: whether a value meets all of some literals, and which value. */
import type { Budget } from "./budget";
import { complementOf, containsPoint, EVERYTHING, type Intervals, intersectionOf, pointIn } from "./intervals";
import { type Literal, type RangeTest, rangeTest, type Test, type ValueDemand } from "./literal";
import { codesOf, placeholderOfCode, type TextPart, textOfCodes } from "./pattern";
import { type Bound, finiteCandidates, meetsString, type StringCondition, shortestText, stringTest } from "./strings";
import { ADDRESSES, readAddresses, readDate, readNumber, showAddress } from "./values";

/** A text as codes, since it may hold placeholders. */
export type Text = readonly number[];
/** The values of an attribute; none if it is absent. */
export type Value = readonly Text[];

export const ABSENT: Value = [];

/** What is known about an attribute in any case. */
export interface AttributeTraits {
  readonly hasSeveralValues: boolean;
  /** The type of all its values; undefined if they can be any text. */
  readonly sort?: RangeTest["sort"];
  /** Whether nothing determines which values exist. Literals of such an attribute are never certainly met. */
  readonly isDoubtful: boolean;
  /** Whether a request with a value is the better example. */
  readonly isUsuallyPresent?: boolean;
}

export interface Question {
  readonly traits: AttributeTraits;
  readonly bound: Bound;
  readonly budget: Budget;
}

/** Whether the value meets the literal at the bound. */
export function holds(one: Literal, value: Value, { traits, bound }: Omit<Question, "budget">): boolean {
  if (one.isUnknown || (traits.isDoubtful && bound === "lower")) return one.isUnknown ? bound === "upper" : false;
  if (value.length === 0) return one.whenAbsent;
  const { whenPresent, whenEmpty } = one;
  if (whenEmpty !== undefined && value.length === 1 && value[0]!.length === 0) return whenEmpty;
  if (typeof whenPresent === "boolean") return whenPresent;
  const meets = (text: Text) => meetsDemand(whenPresent, text, bound);
  return whenPresent.quantifier === "some" ? value.some(meets) : value.every(meets);
}

/** A value that meets all literals at the bound; undefined where there is none. */
export function valueFor(literals: readonly Literal[], question: Question): Value | undefined {
  const { bound, traits } = question;
  const known = literals.filter(({ isUnknown }) => !isUnknown);
  if (bound === "lower" && (known.length < literals.length || (traits.isDoubtful && known.length > 0))) return undefined;
  const canBeAbsent = known.every(({ whenAbsent }) => whenAbsent);
  if (canBeAbsent && !traits.isUsuallyPresent) return ABSENT;
  const demands: ValueDemand[] = traits.sort === undefined ? [] : [OF_SORT[traits.sort]];
  let canBePresent = true;
  for (const { whenPresent } of known) {
    if (typeof whenPresent !== "boolean") demands.push(whenPresent);
    else if (!whenPresent) canBePresent = false;
  }
  const isWanted = (value: Value) => known.every((one) => holds(one, value, question));
  if (canBePresent) {
    const found = traits.hasSeveralValues ? severalValues(demands, question, isWanted) : single(demands, question, isWanted);
    if (found !== undefined) return found;
  }
  if (canBeAbsent) return ABSENT;
  return isWanted([[]]) ? [[]] : undefined;
}

const OF_SORT: Readonly<Record<RangeTest["sort"], ValueDemand>> = {
  number: ofSort("number", EVERYTHING),
  date: ofSort("date", EVERYTHING),
  address: ofSort("address", ADDRESSES),
};

function ofSort(sort: RangeTest["sort"], whole: Intervals): ValueDemand {
  return { test: rangeTest(sort, whole), inverted: false, quantifier: "every" };
}

type IsWanted = (value: Value) => boolean;

function single(demands: readonly ValueDemand[], question: Question, isWanted: IsWanted): Value | undefined {
  const text = textFor(demands, question);
  if (text === undefined) return undefined;
  if (text.length > 0 || isWanted([text])) return [text];
  const longer = textFor([...demands, NOT_EMPTY], question);
  return longer === undefined ? undefined : [longer];
}

/** Each value meets the demands on every value, and each demand on some value has one that meets it. */
function severalValues(demands: readonly ValueDemand[], question: Question, isWanted: IsWanted): Value | undefined {
  const ofEvery = demands.filter(({ quantifier }) => quantifier === "every");
  const ofSome = demands.filter(({ quantifier }) => quantifier === "some");
  const values: Text[] = [];
  for (const demand of ofSome) {
    if (values.some((text) => meetsDemand(demand, text, question.bound))) continue;
    const text = textFor([...ofEvery, demand], question);
    if (text === undefined) return undefined;
    values.push(text);
  }
  if (values.length > 0 && isWanted(values)) return values;
  const further = textFor([...ofEvery, NOT_EMPTY], question);
  if (further === undefined) return undefined;
  const all = [...values, further];
  // Demands of several types were solved one by one, so the values may not meet all of them. The answer then errs on the side of the bound.
  return question.bound === "upper" || isWanted(all) ? all : undefined;
}

/** Any text but the empty one. */
const NOT_EMPTY: ValueDemand = {
  quantifier: "every",
  inverted: true,
  test: stringTest([{ tokens: [], literal: "" }], { isText: true }),
};

/** One text that meets all demands. */
function textFor(demands: readonly ValueDemand[], question: Question): Text | undefined {
  const sorts = new Set(demands.filter((demand) => demand !== NOT_EMPTY).map(({ test }) => test.sort));
  if (sorts.size <= 1) return textOfSort(demands, question);
  const texts = finiteCandidates(demands.filter(isStringDemand), question.bound);
  if (texts !== undefined) return texts.find((text) => demands.every((demand) => meetsDemand(demand, text, question.bound)));
  // Tests of several types on one key are solved type by type, and each solution is tried on the other types.
  const found: Text[] = [];
  for (const sort of sorts) {
    const text = textOfSort(
      demands.filter(({ test }) => test.sort === sort),
      question,
    );
    if (text === undefined) return undefined;
    if (demands.every((demand) => meetsDemand(demand, text, question.bound))) return text;
    found.push(text);
  }
  return question.bound === "upper" ? found[0] : undefined;
}

function isStringDemand(demand: ValueDemand): demand is ValueDemand & StringCondition {
  return demand.test.sort === "string";
}

function textOfSort(demands: readonly ValueDemand[], question: Question): Text | undefined {
  const sort = demands.find((demand) => demand !== NOT_EMPTY)?.test.sort ?? "string";
  if (sort === "string") return shortestText(demands as readonly StringCondition[], question.bound, question.budget);
  const others = demands.filter((demand) => demand !== NOT_EMPTY);
  return sort === "name" ? nameFor(others, question.bound) : pointFor(others, sort, question.bound);
}

function nameFor(demands: readonly ValueDemand[], bound: Bound): Text | undefined {
  const sets = demands.flatMap(({ test, inverted }) =>
    test.sort === "name" && !inverted ? [bound === "upper" ? test.may : test.must] : [],
  );
  if (sets.length === 0) return undefined;
  const fewest = sets.reduce((best, set) => (set.size < best.size ? set : best));
  for (const name of fewest) {
    const text = codesOf([name]);
    if (demands.every((demand) => meetsDemand(demand, text, bound))) return text;
  }
  return undefined;
}

function pointFor(demands: readonly ValueDemand[], sort: RangeTest["sort"], bound: Bound): Text | undefined {
  const whole = sort === "address" ? ADDRESSES : EVERYTHING;
  let set: Intervals = whole;
  for (const { test, inverted } of demands) {
    const { may, must } = test as RangeTest;
    const taken = (bound === "upper") === inverted ? must : may;
    set = intersectionOf(set, inverted ? complementOf(taken, whole) : taken);
  }
  const point = pointIn(set);
  if (point !== undefined) return codesOf([showPoint(point, sort)]);
  return demands.every(({ inverted }) => inverted) ? codesOf([`no ${sort}`]) : undefined;
}

function showPoint(point: number | bigint, sort: RangeTest["sort"]): string {
  if (sort === "address") return showAddress(point as bigint);
  if (sort === "number") return String(point);
  const date = new Date(Number(point));
  return Number.isNaN(date.getTime()) ? String(Number(point) / 1000) : date.toISOString();
}

function meetsDemand({ test, inverted }: ValueDemand, text: Text, bound: Bound): boolean {
  if (test.sort === "string") return meetsString({ test, inverted }, partsOf(text), bound);
  return isIn(test, textOfCodes(text), bound === "upper" ? inverted : !inverted) !== inverted;
}

function isIn(test: Exclude<Test, { sort: "string" }>, text: string, certain: boolean): boolean {
  if (test.sort === "name") return (certain ? test.must : test.may).has(text);
  const point = pointOf(text, test.sort);
  return point !== undefined && containsPoint(certain ? test.must : test.may, point);
}

function pointOf(text: string, sort: RangeTest["sort"]): number | bigint | undefined {
  if (sort === "number") return readNumber(text);
  return sort === "date" ? readDate(text) : (readAddresses(text)?.from.value as bigint | undefined);
}

function partsOf(text: Text): TextPart[] {
  return text.map((code) => placeholderOfCode(code) ?? String.fromCodePoint(code));
}
