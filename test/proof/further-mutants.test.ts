/** Holes that the proofs alone must show or leave open, and their harmless neighbours, which stay proved. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { readConfiguration } from "../../lib/plan";
import { neighboursOf, prove } from "../../lib/proof";
import { FURTHER_MUTANTS } from "../mutants/further";
import { type FurtherExample, furtherPlan } from "../mutants/further-plans";
import type { Plan } from "../mutants/plans";

function notProved(plan: Plan) {
  const estate = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const contracts = contractsIn(estate).map(({ contract }) => contract);
  const neighbours = neighboursOf(contracts);
  return contracts
    .flatMap((contract) => prove(contract, estate, { contracts, neighbours: neighbours.get(contract) }))
    .filter(({ outcome }) => outcome !== "pass")
    .map(({ id, outcome, cause }) => ({ id, outcome, cause }));
}

const EXAMPLES = [...new Set(FURTHER_MUTANTS.map(({ example }) => example))];
const ofExample = (example: FurtherExample, isHole: boolean) =>
  FURTHER_MUTANTS.filter((mutant) => mutant.example === example && mutant.isHole === isHole);

describe.each(EXAMPLES)("%s", (example) => {
  test("is proved before anything is changed", () => {
    expect(notProved(furtherPlan(example))).toEqual([]);
  });

  test.each(ofExample(example, true))("fails: $name", ({ mutate }) => {
    const plan = furtherPlan(example);
    mutate(plan);

    expect(plan).not.toEqual(furtherPlan(example));
    expect(notProved(plan)).not.toEqual([]);
  });

  test.each(ofExample(example, false))("$name: stays proved", ({ mutate }) => {
    const plan = furtherPlan(example);
    mutate(plan);

    expect(plan).not.toEqual(furtherPlan(example));
    expect(notProved(plan)).toEqual([]);
  });
});

test("there are at least 80 holes, and no name stands twice", () => {
  const names = FURTHER_MUTANTS.map(({ example, name, isHole }) => `${example} ${isHole} ${name}`);

  expect(FURTHER_MUTANTS.filter(({ isHole }) => isHole).length).toBeGreaterThanOrEqual(80);
  expect(new Set(names).size).toBe(names.length);
});
