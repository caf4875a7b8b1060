/** Finds items of a list by keys, and returns them in the order of the list. */

export type Positions = ReadonlyMap<string, readonly number[]>;

export function positionsBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Positions {
  const positions = new Map<string, number[]>();
  for (const [position, item] of items.entries()) {
    for (const key of new Set(keysOf(item))) {
      const list = positions.get(key);
      if (list === undefined) positions.set(key, [position]);
      else list.push(position);
    }
  }
  return positions;
}

/** The items at the positions of all keys, each once. */
export function itemsAt<Item>(items: readonly Item[], found: readonly (readonly number[] | undefined)[]): readonly Item[] {
  const positions = new Set(found.flatMap((each) => each ?? []));
  return [...positions].sort((one, other) => one - other).map((position) => items[position]!);
}
