/** Literals as texts for people. */
import type { Cut, Interval, Intervals } from "./intervals";
import type { Literal, RangeTest, Test } from "./literal";
import { showPattern } from "./pattern";
import { showAddress } from "./values";

export interface ShownLiteral {
  readonly isNegated: boolean;
  /** The literal only requires the attribute to be present or absent. */
  readonly isPresence: boolean;
  readonly values: readonly string[];
}

export function showLiteral({ whenAbsent, whenPresent }: Literal): ShownLiteral {
  if (typeof whenPresent === "boolean") return { isNegated: whenAbsent, isPresence: true, values: [] };
  return { isNegated: whenPresent.inverted, isPresence: false, values: showTest(whenPresent.test) };
}

function showTest(test: Test): string[] {
  if (test.sort === "string") return test.patterns.map(showPattern);
  if (test.sort === "name") return [...test.may];
  return showIntervals(test.may, test.sort);
}

function showIntervals(intervals: Intervals, sort: RangeTest["sort"]): string[] {
  return intervals.map((interval) => (sort === "address" ? showRange(interval) : showInterval(interval, sort)));
}

function showRange({ from, to }: Interval): string {
  const first = from.value as bigint;
  const size = (to.value as bigint) - first;
  const bits = size.toString(2).length - 1;
  const isV4 = first < 1n << 32n;
  const address = isV4 ? first : first - (1n << 32n);
  const isRange = size === 1n << BigInt(bits) && address % size === 0n;
  const fixed = (isV4 ? 32 : 128) - bits;
  if (isRange) return bits === 0 ? showAddress(first) : `${showAddress(first)}/${fixed}`;
  return `${showAddress(first)} to ${showAddress((to.value as bigint) - 1n)}`;
}

function showInterval({ from, to }: Interval, sort: RangeTest["sort"]): string {
  const show = ({ value }: Cut) => (sort === "date" ? new Date(Number(value)).toISOString() : String(value));
  const isOpen = (cut: Cut) => !Number.isFinite(Number(cut.value));
  if (from.value === to.value) return show(from);
  const least = isOpen(from) ? [] : [`${from.after ? "more than" : "at least"} ${show(from)}`];
  const most = isOpen(to) ? [] : [`${to.after ? "at most" : "less than"} ${show(to)}`];
  return [...least, ...most].join(" and ");
}
