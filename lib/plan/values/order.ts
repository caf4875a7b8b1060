/**
 * Sets, and lists in an order that is not known.
 *
 * Terraform orders a set by its elements. If an element is unknown, so are the order and the number of elements, because two of them may
 * turn out to be equal. Terraform orders sets of lists and objects by an internal hash.
 */

const sets = new WeakSet<object>();
const unordered = new WeakSet<object>();

export function markSet(items: readonly unknown[]): void {
  sets.add(items);
}

export function isSet(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && sets.has(value);
}

/** Says that the order of the items is unknown. */
export function markUnordered<List extends readonly unknown[]>(items: List): List {
  if (items.length > 1) unordered.add(items);
  return items;
}

export function isUnordered(value: unknown): boolean {
  return Array.isArray(value) && unordered.has(value);
}

/** The list, in an unknown order if the order of a source is unknown. */
export function orderedLike<List extends readonly unknown[]>(list: List, ...sources: readonly unknown[]): List {
  return sources.some(isUnordered) ? markUnordered(list) : list;
}

/** Terraform compares texts by bytes, which orders them by characters. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (one !== other) return rankOf(one) - rankOf(other);
  }
  return left.length - right.length;
}

/** JavaScript writes characters beyond U+FFFF by surrogates, whose codes are lower than those of some characters before them. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
