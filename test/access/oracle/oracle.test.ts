/** The algebra of request sets against Z3, which shares neither code nor method with it. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CallerClass, traitsOfAttribute } from "../../../lib/access/policies";
import { conditionLiteral } from "../../../lib/access/policies/conditions";
import { type Bound, Budget, negate, pointOutside, Space } from "../../../lib/access/sets";
import { RUNS, SEED } from "../runs";
import { knownAnswers, writeKnownAnswers } from "./known-answers";
import { smtOf } from "./smt";
import { type ConditionOrNot, type System, systemArbitrary } from "./systems";
import { solve } from "./z3";

/** A few more than are needed, since Z3 gives up on some. */
const SYSTEMS = Math.ceil(RUNS * 1.05);

/** Each so many, Z3 is asked again in every run. */
const ASKED_AGAIN = 25;

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
  const texts = systems.map(smtOf);
  const answers = (process.env.WRITE_ANSWERS === "1" ? undefined : knownAnswers(texts)) ?? (await solve(texts));
  if (process.env.WRITE_ANSWERS === "1") writeKnownAnswers(texts, answers);

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

it("Z3 still answers so, and the answers that are kept are those of the usual run: write them with WRITE_ANSWERS=1", async () => {
  const texts = fc.sample(systemArbitrary, { numRuns: SYSTEMS, seed: SEED }).map(smtOf);
  const known = knownAnswers(texts);
  if (known === undefined) return expect(process.env.ACCESS_RUNS ?? process.env.ACCESS_SEED, "the systems have changed").toBeDefined();
  const chosen = texts.map((_, index) => index).filter((index) => index % ASKED_AGAIN === 0);

  const answers = await solve(chosen.map((index) => texts[index]!));

  const contradicted = chosen.filter((index, position) => {
    const pair = [known[index], answers[position]];
    return pair.includes("sat") && pair.includes("unsat");
  });
  expect(contradicted.map((index) => texts[index])).toEqual([]);
  expect(answers.filter((answer) => answer !== "unknown").length).toBeGreaterThan(chosen.length / 2);
});
