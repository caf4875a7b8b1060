/**
 * Three-valued logic: a request matches, does not match, or may match, depending on what is not known yet.
 *
 * The numbers are ordered, so that "and" is the smaller and "or" the larger of the two.
 */
export const NO = 0;
export const MAYBE = 1;
export const YES = 2;
export type Ternary = typeof NO | typeof MAYBE | typeof YES;

/** `YES` where both are. */
export function and(a: Ternary, b: Ternary): Ternary {
  return a < b ? a : b;
}

/** `YES` where at least one is. */
export function or(a: Ternary, b: Ternary): Ternary {
  return a > b ? a : b;
}

/** The opposite; `MAYBE` stays `MAYBE`. */
export function not(a: Ternary): Ternary {
  return (YES - a) as Ternary;
}
