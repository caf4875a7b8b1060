/**
 * Sets of requests are unions of boxes. A box is a conjunction of literals over independent attributes.
 *
 * Every proof comes down to one question: does a box hold a request that is in none of some other boxes?
 */
import { ABSENT, type AttributeTraits, holds, type Value, valueFor } from "./attribute";
import type { Budget } from "./budget";
import { type Literal, negate } from "./literal";
import type { Bound } from "./strings";

export interface Box {
  readonly literals: readonly Literal[];
  /** Its source, for reports. */
  readonly origin?: Origin;
}

/** A statement, or a setting that acts like one. */
export interface Origin {
  readonly text: string;
  readonly missing: readonly string[];
}

/** A request: each attribute with its value. Attributes that are not in the map are absent. */
export type Point = ReadonlyMap<string, Value>;

/** Values of one attribute, which many questions share. The key contains what may differ from question to question. */
const answers = new Map<string, Value | undefined>();
const MOST_ANSWERS = 100_000;

/** The attributes that requests have. */
export class Space {
  private readonly traits = new Map<string, AttributeTraits>();

  public constructor(private readonly readTraits: (attribute: string) => AttributeTraits) {}

  public traitsOf(attribute: string): AttributeTraits {
    let found = this.traits.get(attribute);
    if (found === undefined) {
      found = this.readTraits(attribute);
      this.traits.set(attribute, found);
    }
    return found;
  }

  public value(literals: readonly Literal[], bound: Bound, budget: Budget): Value | undefined {
    const traits = this.traitsOf(literals[0]!.attribute);
    const ids =
      literals.length === 1
        ? literals[0]!.id
        : literals
            .map(({ id }) => id)
            .sort((a, b) => a - b)
            .join();
    const key = `${bound}${traits.isDoubtful}${ids}`;
    if (answers.has(key)) return answers.get(key);
    const found = valueFor(literals, { traits, bound, budget });
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(key, found);
    return found;
  }

  public holds(one: Literal, point: Point, bound: Bound): boolean {
    return holds(one, point.get(one.attribute) ?? ABSENT, { traits: this.traitsOf(one.attribute), bound });
  }
}

export interface Search {
  readonly space: Space;
  readonly bound: Bound;
  readonly budget: Budget;
}

type Attributes = ReadonlyMap<string, readonly Literal[]>;

/** A request of the box, at the bound, that is in none of the other boxes; undefined if there is none. */
export function pointOutside(box: Box, others: readonly Box[], search: Search): Point | undefined {
  const start = add(new Map(), box.literals, search);
  return start === undefined ? undefined : outside(start, others, search);
}

/** Whether the box holds no request at the bound. */
export function isEmpty(box: Box, search: Search): boolean {
  return add(new Map(), box.literals, search) === undefined;
}

function outside(attributes: Attributes, others: readonly Box[], search: Search): Point | undefined {
  search.budget.spendBox();
  const point = pointOf(attributes, search);
  // Of the boxes that contain the point, the one with the fewest ways to leave it.
  let best: { box: Box; ways: readonly Way[] } | undefined;
  for (const box of others) {
    if (!box.literals.every((one) => !leaves(negate(one), point, search))) continue;
    search.budget.spendBox();
    const ways = waysOut(attributes, box, search);
    if (ways.length === 0) return undefined;
    if (best === undefined || ways.length < best.ways.length) best = { box, ways };
    if (ways.length === 1) break;
  }
  if (best === undefined) return point;
  const rest = others.filter((box) => box !== best.box);
  let inside: Attributes | undefined = attributes;
  for (const { left, stayed } of best.ways) {
    const branch = inside === attributes ? left : add(inside, [negate(stayed)], search);
    const found = branch === undefined ? undefined : outside(branch, rest, search);
    if (found !== undefined) return found;
    // Requests that do not meet this literal have been searched completely. The rest of the search needs only those that meet it.
    if (search.bound === "upper") inside = add(inside, [stayed], search);
    if (inside === undefined) return undefined;
  }
  return undefined;
}

/** Whether the point is outside a box because of this negated literal. */
function leaves(negated: Literal, point: Point, { space, bound }: Search): boolean {
  return space.holds(negated, point, bound);
}

interface Way {
  readonly left: Attributes;
  readonly stayed: Literal;
}

function waysOut(attributes: Attributes, box: Box, search: Search): Way[] {
  return box.literals.flatMap((one) => {
    const left = add(attributes, [negate(one)], search);
    return left === undefined ? [] : [{ left, stayed: one }];
  });
}

/** The attributes with further literals; undefined if no value of an attribute meets all of its literals. */
function add(attributes: Attributes, literals: readonly Literal[], { space, bound, budget }: Search): Attributes | undefined {
  const result = new Map(attributes);
  const touched = new Set<string>();
  for (const one of literals) {
    const list = result.get(one.attribute) ?? [];
    if (list.includes(one)) continue;
    result.set(one.attribute, [...list, one]);
    touched.add(one.attribute);
  }
  // Actions first: for most pairs of statements, they show at once that the intersection is empty.
  const action = touched.has("action") ? ["action"] : [];
  for (const attribute of [...action, ...touched]) if (space.value(result.get(attribute)!, bound, budget) === undefined) return undefined;
  return result;
}

function pointOf(attributes: Attributes, { space, bound, budget }: Search): Point {
  return new Map([...attributes].map(([attribute, literals]) => [attribute, space.value(literals, bound, budget)!]));
}
