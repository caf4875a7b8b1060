/** The algebra of request sets against Z3, which shares neither code nor method with it. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CallerClass, traitsOfAttribute } from "../../../lib/access/policies";
import { conditionLiteral } from "../../../lib/access/policies/conditions";
import { type Bound, Budget, negate, pointOutside, Space } from "../../../lib/access/sets";
import { RUNS, SEED } from "../runs";
import { smtOf } from "./smt";
import { type ConditionOrNot, type System, systemArbitrary } from "./systems";
import { solve } from "./z3";

/** A few more than are needed, since Z3 gives up on some. */
const SYSTEMS = Math.ceil(RUNS * 1.05);

const space = new Space((attribute) => traitsOfAttribute(attribute, { fixed: new Set(), isAboutCaller: false }));
/** A caller whose identity decides no key. */
const CALLER: CallerClass = {
  kind: "account",
  isOwn: false,
  base: [],
  derives: () => false,
  presenceOf: () => {
    throw new Error("no key is derived");
  },
};

function literalOf({ isDenied, ...condition }: ConditionOrNot) {
  const found = conditionLiteral(condition, false, CALLER);
  return isDenied ? negate(found) : found;
}

function isSatisfied({ inside, outside }: System, bound: Bound): boolean {
  const boxes = outside.map((list) => ({ literals: list.map(literalOf) }));
  return pointOutside({ literals: inside.map(literalOf) }, boxes, { space, bound, budget: new Budget() }) !== undefined;
}

it("a system of texts, sets and intervals is empty exactly where Z3 finds it so", async () => {
  const systems = fc.sample(systemArbitrary, { numRuns: SYSTEMS, seed: SEED });
  const answers = await solve(systems.map(smtOf));

  const counts = { sat: 0, unsat: 0, unknown: 0 };
  const disagreements: string[] = [];
  for (const [index, system] of systems.entries()) {
    const answer = answers[index]!;
    counts[answer]++;
    if (answer === "unknown") continue;
    for (const bound of ["upper", "lower"] as const)
      if (isSatisfied(system, bound) !== (answer === "sat")) disagreements.push(`${answer}, not so at ${bound}: ${JSON.stringify(system)}`);
  }
  console.log(`z3: ${counts.unsat} systems are empty, ${counts.sat} are not; on ${counts.unknown} it gave up`);

  expect(disagreements.sort((a, b) => a.length - b.length).slice(0, 5)).toEqual([]);
  expect(counts.sat + counts.unsat).toBeGreaterThanOrEqual(RUNS);
  expect(counts.unsat).toBeGreaterThan(SYSTEMS / 5);
});
