/**
 * Sets of numbers, points in time or addresses as lists of intervals.
 *
 * An interval lies between two cuts, each just before or just after a value. So open and closed ends need no special cases.
 */

/** A cut just before (`after: false`) or just after a value. */
export interface Cut {
  readonly value: number | bigint;
  readonly after: boolean;
}

export interface Interval {
  readonly from: Cut;
  readonly to: Cut;
}

/** Disjoint intervals in order. */
export type Intervals = readonly Interval[];

export const LOWEST: Cut = { value: Number.NEGATIVE_INFINITY, after: false };
export const HIGHEST: Cut = { value: Number.POSITIVE_INFINITY, after: true };
export const EVERYTHING: Intervals = [{ from: LOWEST, to: HIGHEST }];

/** All values from the first to the last, both included. */
export function between(first: number | bigint, last: number | bigint): Interval {
  return { from: { value: first, after: false }, to: { value: last, after: true } };
}

/** All addresses from the first to the one before `end`: addresses are whole numbers, so their intervals end before a value. */
export function upTo(first: bigint, end: bigint): Interval {
  return { from: { value: first, after: false }, to: { value: end, after: false } };
}

export function compareCuts(a: Cut, b: Cut): number {
  if (a.value < b.value) return -1;
  if (a.value > b.value) return 1;
  return Number(a.after) - Number(b.after);
}

export function unionOf(intervals: readonly Interval[]): Intervals {
  const sorted = intervals.filter(({ from, to }) => compareCuts(from, to) < 0).sort((a, b) => compareCuts(a.from, b.from));
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const last = joined.at(-1);
    if (last === undefined || compareCuts(last.to, interval.from) < 0) joined.push(interval);
    else if (compareCuts(last.to, interval.to) < 0) joined[joined.length - 1] = { from: last.from, to: interval.to };
  }
  return joined;
}

/** Everything between the two ends that is not in the set. */
export function complementOf(intervals: Intervals, [whole]: Intervals = EVERYTHING): Intervals {
  const gaps: Interval[] = [];
  let from = whole!.from;
  for (const interval of intervals) {
    gaps.push({ from, to: interval.from });
    from = interval.to;
  }
  gaps.push({ from, to: whole!.to });
  return unionOf(gaps);
}

export function intersectionOf(a: Intervals, b: Intervals): Intervals {
  return unionOf(
    a.flatMap((one) =>
      b.map((other) => ({
        from: compareCuts(one.from, other.from) < 0 ? other.from : one.from,
        to: compareCuts(one.to, other.to) < 0 ? one.to : other.to,
      })),
    ),
  );
}

export function containsPoint(intervals: Intervals, value: number | bigint): boolean {
  return intervals.some(
    ({ from, to }) =>
      (from.value < value || (from.value === value && !from.after)) && (to.value > value || (to.value === value && to.after)),
  );
}

/** A readable value of the set; undefined if the set is empty. */
export function pointIn([first]: Intervals): number | bigint | undefined {
  if (first === undefined) return undefined;
  const { from, to } = first;
  if (!from.after && from.value !== Number.NEGATIVE_INFINITY) return from.value;
  if (to.after && to.value !== Number.POSITIVE_INFINITY) return to.value;
  const low = Number(from.value);
  const high = Number(to.value);
  if (low === Number.NEGATIVE_INFINITY) return high === Number.POSITIVE_INFINITY ? 0 : Math.ceil(high) - 1;
  if (high === Number.POSITIVE_INFINITY) return Math.floor(low) + 1;
  const whole = Math.floor(low) + 1;
  return whole < high ? whole : low + (high - low) / 2;
}
