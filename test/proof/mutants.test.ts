/** Holes of access are found by proofs alone: no rule, no sample request, no setting. Harmless changes stay proved. */
import { afterAll, describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import type { Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { neighboursOf, prove } from "../../lib/proof";
import { harmfulMutants } from "../mutants/harmful";
import { harmlessMutants } from "../mutants/harmless";
import { indirectMutants } from "../mutants/indirect";
import type { Mutant } from "../mutants/mutant";
import { EXAMPLES, type Plan, planOf } from "../mutants/plans";
import { NOT_DECIDED, NOT_OF_ACCESS, namesIn, reasonIn } from "../mutants/without-witness";

function proofsOf(plan: Plan): readonly Result[] {
  const estate = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const assignments = contractsIn(estate);
  const contracts = assignments.map(({ contract }) => contract);
  const neighbours = neighboursOf(contracts);
  return contracts.flatMap((contract) => prove(contract, estate, { contracts, neighbours: neighbours.get(contract) }));
}

function mutated({ example, mutate }: Mutant): Plan {
  const plan = planOf(example);
  mutate(plan);
  return plan;
}

function notPassed(plan: Plan) {
  return proofsOf(plan)
    .filter(({ outcome }) => outcome !== "pass")
    .map(({ id, outcome, cause }) => ({ id, outcome, cause }));
}

const harmful = [...harmfulMutants(), ...indirectMutants()];
const counts = { fail: 0, unknown: 0, pass: 0 };

/** What the proofs alone say of the mutant. */
function expectedOf(mutant: Mutant): Result["outcome"] {
  if (reasonIn(NOT_OF_ACCESS, mutant) !== undefined) return "pass";
  return reasonIn(NOT_DECIDED, mutant) === undefined ? "fail" : "unknown";
}

describe.each(EXAMPLES)("%s", (example) => {
  test("is proved before anything is changed", () => {
    const proofs = proofsOf(planOf(example));

    expect(
      proofs.every(({ evidence, outcome }) => outcome === "pass" && evidence === "proved"),
      JSON.stringify(proofs, null, 2),
    ).toBe(true);
  });

  test.each(harmlessMutants().filter((mutant) => mutant.example === example))("$kind: $name stays proved", (mutant) => {
    expect(notPassed(mutated(mutant))).toEqual([]);
  });

  test.each(harmful.filter((mutant) => mutant.example === example).map((mutant) => [expectedOf(mutant), mutant] as const))(
    "%s: $kind: $name",
    (expected, mutant) => {
      const found = notPassed(mutated(mutant));
      const worst = found.some(({ outcome }) => outcome === "fail") ? "fail" : found.length > 0 ? "unknown" : "pass";

      counts[worst]++;
      expect(worst, JSON.stringify(found, null, 2)).toBe(expected);
    },
  );
});

test("the tables name only mutants that there are", () => {
  const names = new Set(harmful.map(({ example, name }) => `${example}: ${name}`));

  expect([...namesIn(NOT_OF_ACCESS), ...namesIn(NOT_DECIDED)].filter((name) => !names.has(name))).toEqual([]);
});

afterAll(() => {
  const { fail, unknown, pass } = counts;
  console.log(
    `proofs alone: ${fail} holes shown by a witness, ${unknown} that could not be excluded; ${pass} mutants are not about access`,
  );
});
