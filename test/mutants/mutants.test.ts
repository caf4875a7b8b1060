/** The check finds every harmful change to the plans of the examples, and no harmless one. */
import { createHash } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check/models";
import { runCheck } from "../../cli/check/run";
import type { CheckReport } from "../../cli/report/check/types";
import { readConfiguration } from "../../lib/plan";
import { contradictionsIn } from "../cli/contradictions";
import { harmfulMutants } from "./harmful";
import { harmlessMutants } from "./harmless";
import { indirectMutants } from "./indirect";
import type { Mutant } from "./mutant";
import { EXAMPLES, type Plan, planOf } from "./plans";

function check(plan: Plan): CheckReport {
  const estate = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  return runCheck({
    program: "test",
    estate,
    assignments: contractsIn(estate),
    hash,
    failOn: "medium",
    allowUnknown: false,
    today: "2027-01-31",
  });
}

function mutated({ example, mutate }: Mutant): Plan {
  const plan = planOf(example);
  mutate(plan);
  return plan;
}

/** What to show for a mutant with a wrong verdict. */
function summary({ exitCode, findings, destinations }: CheckReport) {
  const results = destinations.flatMap((item) =>
    item.results.filter(({ outcome }) => outcome !== "pass").map(({ id, outcome, cause }) => `${outcome} ${id}: ${cause}`),
  );
  return { exitCode, findings: findings.map(({ ruleId, detail }) => `${ruleId}: ${detail}`), results };
}

const harmful = [...harmfulMutants(), ...indirectMutants()];
const harmless = harmlessMutants();

describe.each(EXAMPLES)("%s", (example) => {
  test("is as expected before anything is changed", () => {
    expect(summary(check(planOf(example)))).toEqual({ exitCode: 0, findings: [], results: [] });
  });

  test.each(harmful.filter((mutant) => mutant.example === example))("fails: $kind: $name", (mutant) => {
    const plan = mutated(mutant);

    const report = check(plan);

    expect(plan).not.toEqual(planOf(example));
    expect(report.exitCode, JSON.stringify(summary(report), null, 2)).toBe(mutant.exitCode ?? 1);
    expect(contradictionsIn(report)).toEqual([]);
  });

  test.each(harmless.filter((mutant) => mutant.example === example))("accepts: $kind: $name", (mutant) => {
    expect(summary(check(mutated(mutant)))).toEqual({ exitCode: 0, findings: [], results: [] });
  });
});

test("there are at least 100 of the harmful", () => {
  expect(harmful.length).toBeGreaterThanOrEqual(100);
});

afterAll(() => {
  const count = (mutants: readonly Mutant[]) => {
    const kinds = new Map<string, number>();
    for (const { kind } of mutants) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    return `${mutants.length} (${[...kinds].map(([kind, number]) => `${number} ${kind}`).join(", ")})`;
  };
  console.log(`mutants: harmful ${count(harmful)}; harmless ${count(harmless)}`);
});
