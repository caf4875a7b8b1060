/** Compares two worlds: what one allows and the other does not. */
import { describeBox } from "./describe";
import { Inquiry, withinBudget, withOwner } from "./inquiry";
import { type Access, type CallerClass, IMPLIED_ACL_ACTION, type World } from "./policies";
import { partsOf, targetsOf } from "./requests";
import type { BudgetLimits } from "./sets";
import { type Bound, type Box, pointOutside } from "./sets";
import type { Proof, RequestSet, Witness } from "./types";

export interface DifferenceQuestion {
  readonly before: World;
  readonly after: World;
  /** The requests to compare. Resources must be given. */
  readonly requests: RequestSet;
  readonly limits?: Partial<BudgetLimits>;
}

/** Requests that one world allows and the other does not. */
export interface Change {
  /** `certain` if the witness is such a request, `possible` if that depends on unknown values. */
  readonly certainty: "certain" | "possible";
  readonly witness: Witness;
  /** The statement that gives the access. */
  readonly statement: string;
  /** The statement of the other world that denies the request, if a Deny is the cause. */
  readonly denial?: string;
  /** The requests that the cause covers, in words. */
  readonly words: string;
}

export interface Difference {
  /** Undefined where the question costs more than its budget. */
  readonly newlyAllowed?: readonly Change[];
  readonly noLongerAllowed?: readonly Change[];
}

export function difference({ requests, limits, ...worlds }: DifferenceQuestion): Difference {
  const [before, after] = [withOwner(worlds.before), withOwner(worlds.after)];
  return {
    newlyAllowed: changes({ from: before, to: after, requests, limits }),
    noLongerAllowed: changes({ from: after, to: before, requests, limits }),
  };
}

interface Direction {
  readonly from: World;
  readonly to: World;
  readonly requests: RequestSet;
  readonly limits?: Partial<BudgetLimits>;
}

/**
 * What `to` allows and `from` does not: requests outside the Allows of `from`, or inside one of its Denies. Each statement that differs is
 * one change, whatever callers it concerns.
 */
function changes({ from, to, requests, limits }: Direction): readonly Change[] | undefined {
  let found: readonly Change[] | undefined;
  withinBudget((): Proof => {
    const inquiry = new Inquiry({ worlds: [to, from], sets: [requests], isAboutCaller: false, limits });
    const byCause = new Map<string, Change>();
    for (const caller of inquiry.classes)
      for (const target of targetsOf(requests, to))
        for (const part of partsOf(requests, target, { caller, world: to }))
          for (const candidate of candidatesIn(inquiry.access(to, caller, part.group), () => inquiry.access(from, caller, part.group))) {
            const { statement, denial, words } = candidate;
            const cause = denial === undefined ? `${statement} ${words}` : `without ${denial}`;
            if (byCause.get(cause)?.certainty === "certain") continue;
            const box = { ...candidate.box, literals: [...part.literals, ...candidate.box.literals] };
            const change = firstChange({ box, others: candidate.others }, { inquiry, caller, world: to });
            if (change === undefined || (byCause.has(cause) && change.certainty !== "certain")) continue;
            byCause.set(cause, { ...change, statement, ...(denial !== undefined && { denial }), words });
          }
    found = [...byCause.values()];
    return { outcome: "proved", missing: [], statements: [] };
  });
  return found;
}

/** Boxes that may hold requests that only the given access allows, by the statement that makes the difference. */
function candidatesIn(given: Access, readTaken: () => Access): readonly Candidate[] {
  if (given.allows.length === 0) return [];
  const taken = readTaken();
  const unchanged = new Set(taken.allows.map(keyOf));
  const kept = new Set(given.denies.map(keyOf));
  // Neither world allows what both deny by the same statement.
  const dropped = taken.denies.filter((deny) => deny.origin?.text !== IMPLIED_ACL_ACTION && !kept.has(keyOf(deny)));
  return given.allows.flatMap((box): Candidate[] => {
    const statement = box.origin?.text ?? "";
    const others = [...given.denies, ...taken.allows];
    return [
      ...(unchanged.has(keyOf(box)) ? [] : [{ box, others, statement, words: describeBox(box) }]),
      ...dropped.map((deny) => ({
        box: { ...box, literals: [...box.literals, ...deny.literals] },
        others: given.denies,
        statement,
        ...(deny.origin && { denial: deny.origin.text }),
        words: describeBox(deny),
      })),
    ];
  });
}

/** Equal boxes have the same key, because equal literals are one object. */
function keyOf({ literals }: Box): string {
  return literals
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join();
}

interface Candidate extends Pick<Change, "statement" | "denial" | "words"> {
  readonly box: Box;
  readonly others: readonly Box[];
}

function firstChange(
  { box, others }: Pick<Candidate, "box" | "others">,
  { inquiry, caller, world }: { inquiry: Inquiry; caller: CallerClass; world: World },
): Pick<Change, "certainty" | "witness"> | undefined {
  const first = (bound: Bound) => pointOutside(box, others, inquiry.search(bound));
  const possible = first("upper");
  if (possible === undefined) return undefined;
  const certain = first("lower");
  return { certainty: certain === undefined ? "possible" : "certain", witness: inquiry.witness(certain ?? possible, caller, world) };
}
