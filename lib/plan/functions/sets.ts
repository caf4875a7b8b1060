/** Functions on sets. @see https://developer.hashicorp.com/terraform/language/functions */
import { setOf } from "../expression/value";
import { isSet } from "../values/order";
import { unified } from "../values/unify";
import { counted, type Functions, fail, items } from "./arguments";

const MOST_COMBINATIONS = 20_000;
const ANY_NUMBER = Number.POSITIVE_INFINITY;

export const SET_FUNCTIONS: Functions = {
  setintersection: counted(1, ANY_NUMBER, (...sets) => combined(sets, (each, count) => count(each) === sets.length)),
  setproduct: counted(1, ANY_NUMBER, (...sets) => product(sets)),
  setsubtract: counted(2, 2, (set, less) => combined([set, less], (each, count, first) => count(each) === 1 && first.has(each))),
  setunion: counted(1, ANY_NUMBER, (...sets) => combined(sets, () => true)),
};

type Chooses = (element: string, count: (element: string) => number, first: ReadonlySet<string>) => boolean;

/** The elements of all sets that a condition chooses, by how many sets hold each of them. */
function combined(values: readonly unknown[], chooses: Chooses): unknown {
  const all = unified(values.flatMap(items));
  const sets: Map<string, unknown>[] = [];
  let at = 0;
  for (const value of values) {
    const { length } = items(value);
    sets.push(new Map(all.slice(at, at + length).map((item) => [JSON.stringify(item), item])));
    at += length;
  }
  const count = (element: string): number => sets.filter((set) => set.has(element)).length;
  const first = new Set(sets[0]!.keys());
  const elements = new Map(sets.flatMap((set) => [...set]));
  return setOf([...elements].filter(([element]) => chooses(element, count, first)).map(([, item]) => item));
}

/** All combinations: a list, or a set where all arguments are sets. */
function product(values: readonly unknown[]): unknown {
  const lists = values.map(items);
  if (lists.length < 2) return fail("at least two lists are needed");
  if (lists.reduce((total, { length }) => total * length, 1) > MOST_COMBINATIONS) return undefined;
  const combinations = lists.reduce<unknown[][]>((before, list) => before.flatMap((start) => list.map((item) => [...start, item])), [[]]);
  return values.every(isSet) ? setOf(combinations) : combinations;
}
