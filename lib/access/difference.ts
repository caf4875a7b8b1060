/** Two worlds compared: what one allows and the other does not. */
import { describeBox } from "./describe";
import { Inquiry, withinBudget, withOwner } from "./inquiry";
import { type CallerClass, IMPLIED_ACL_ACTION, type World } from "./policies";
import { partsOf, targetsOf } from "./requests";
import type { BudgetLimits } from "./sets";
import { type Bound, type Box, pointOutside } from "./sets";
import type { Proof, RequestSet, Witness } from "./types";

export interface DifferenceQuestion {
  readonly before: World;
  readonly after: World;
  /** Where to look. Resources must be given. */
  readonly requests: RequestSet;
  readonly limits?: Partial<BudgetLimits>;
}

/** Requests that one world allows and the other does not. */
export interface Change {
  /** `sure` where the witness is such a request, `possible` where it depends on what is not known. */
  readonly certainty: "sure" | "possible";
  readonly witness: Witness;
  /** The statement that gives the access. */
  readonly statement: string;
  /** What the statement allows, in words. */
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

/** What `to` allows and `from` does not: outside of the Allows of `from`, or inside of one of its Denies. */
function changes({ from, to, requests, limits }: Direction): readonly Change[] | undefined {
  let found: Change[] | undefined;
  withinBudget((): Proof => {
    const inquiry = new Inquiry({ worlds: [to, from], sets: [requests], isAboutCaller: false, limits });
    found = inquiry.classes.flatMap((caller) =>
      targetsOf(requests, to).flatMap((target) => {
        const given = inquiry.access(to, caller, target.group);
        if (given.allows.length === 0) return [];
        const taken = inquiry.access(from, caller, target.group);
        const unchanged = new Set(taken.allows.map(keyOf));
        const kept = new Set(given.denies.map(keyOf));
        // What both worlds deny by the same statement is allowed by neither.
        const dropped = taken.denies.filter((deny) => deny.origin?.text !== IMPLIED_ACL_ACTION && !kept.has(keyOf(deny)));
        return partsOf(requests, target, { caller, world: to }).flatMap((part) =>
          given.allows.flatMap((box) => {
            const whole: Box = { ...box, literals: [...part.literals, ...box.literals] };
            const candidates = [
              ...(unchanged.has(keyOf(box)) ? [] : [{ box: whole, others: [...given.denies, ...taken.allows] }]),
              ...dropped.map((deny) => ({ box: { ...whole, literals: [...whole.literals, ...deny.literals] }, others: given.denies })),
            ];
            const change = firstChange(candidates, { inquiry, caller, world: to });
            return change === undefined ? [] : [{ ...change, statement: box.origin?.text ?? "", words: describeBox(box) }];
          }),
        );
      }),
    );
    return { outcome: "proved", missing: [], statements: [] };
  });
  return found;
}

/** Equal boxes have the same key: equal literals are one object. */
function keyOf({ literals }: Box): string {
  return literals
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join();
}

interface Candidate {
  readonly box: Box;
  readonly others: readonly Box[];
}

function firstChange(
  candidates: readonly Candidate[],
  { inquiry, caller, world }: { inquiry: Inquiry; caller: CallerClass; world: World },
): Pick<Change, "certainty" | "witness"> | undefined {
  const first = (bound: Bound) => {
    for (const { box, others } of candidates) {
      const point = pointOutside(box, others, inquiry.search(bound));
      if (point !== undefined) return point;
    }
    return undefined;
  };
  const possible = first("upper");
  if (possible === undefined) return undefined;
  const sure = first("lower");
  return { certainty: sure === undefined ? "possible" : "sure", witness: inquiry.witness(sure ?? possible, caller, world) };
}
