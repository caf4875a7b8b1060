/** The proofs, the matrix, the findings, the exit code and the report of `access` never contradict each other. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../../cli/check";
import { runCheck } from "../../../cli/check/run";
import { readConfiguration } from "../../../lib/plan";
import { accessToBuckets } from "../../../lib/reach";
import { FURTHER_MUTANTS } from "../../mutants/further";
import { type FurtherExample, furtherPlan } from "../../mutants/further-plans";
import type { Plan } from "../../mutants/plans";
import { accessAgainstProofs, contradictionsIn } from "../contradictions";

function reportOf(plan: Plan) {
  const estate = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const assignments = contractsIn(estate);
  const report = runCheck({
    program: "test",
    estate,
    assignments,
    hash,
    failOn: "medium",
    allowUnknown: false,
    today: "2027-01-31",
  });
  return { report, estate };
}

function contradictions(plan: Plan): string[] {
  const { report, estate } = reportOf(plan);
  return [...contradictionsIn(report), ...accessAgainstProofs(accessToBuckets(estate), report.destinations)];
}

const EXAMPLES: readonly FurtherExample[] = [...new Set(FURTHER_MUTANTS.map(({ example }) => example))];

describe.each(EXAMPLES)("%s", (example) => {
  test("before anything is changed", () => {
    expect(contradictions(furtherPlan(example))).toEqual([]);
  });

  test.each(FURTHER_MUTANTS.filter((mutant) => mutant.example === example))("$name", ({ mutate }) => {
    const plan = furtherPlan(example);
    mutate(plan);

    expect(contradictions(plan)).toEqual([]);
  });
});

test("fails: a report that contradicts itself is seen", () => {
  const plan = furtherPlan("kandji");
  FURTHER_MUTANTS.find(({ name }) => name === "a stranger with multi-factor authentication")!.mutate(plan);
  const report = reportOf(plan).report;
  const [destination] = report.destinations;
  const results = destination!.results.map((result) => ({ ...result, outcome: "pass" as const }));

  expect(contradictionsIn({ ...report, exitCode: 0 })).toContain("exit 0, and a destination is fail");
  expect(contradictionsIn({ ...report, destinations: [{ ...destination!, outcome: "pass" }] })).toContain(
    "the destination is pass, and a result is fail",
  );
  expect(contradictionsIn({ ...report, destinations: [{ ...destination!, results }] }).join()).toMatch(
    /assume the role, \w+.*: some, although it is proved that nobody else can/,
  );
});
