/** A long list of values by their number. */
export function shortExpected(expected: string): string {
  return expected.length > 60 ? `one of ${expected.split(" or ").length}` : expected;
}
