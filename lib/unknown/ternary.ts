/**
 * Three-valued logic: a request matches, does not match, or may match, depending on what is not known yet.
 *
 * The numbers are ordered, so that "and" is the smaller and "or" the larger of two.
 */
export const NO = 0;
export const MAYBE = 1;
export const YES = 2;
export type Ternary = typeof NO | typeof MAYBE | typeof YES;

/** True if both are. */
export function and(a: Ternary, b: Ternary): Ternary {
  return a < b ? a : b;
}

/** True if one is. */
export function or(a: Ternary, b: Ternary): Ternary {
  return a > b ? a : b;
}

/** True if it is not; what may be, may also not be. */
export function not(a: Ternary): Ternary {
  return (YES - a) as Ternary;
}
