/** The commands that a report prints to repeat a witness. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explainLine } from "../../../cli/explain";
import { unknownText } from "../../../lib/unknown";
import { harmfulMutants } from "../../mutants/harmful";
import { indirectMutants } from "../../mutants/indirect";
import { type Plan, planOf } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli } from "../run-program";

test("each command decides as the report says, on every mutant", async () => {
  const folder = examplesFolder();
  const path = join(folder, "mutant.tf.json");
  const wrong: unknown[] = [];
  let count = 0;

  for (const { example, name, mutate } of [...harmfulMutants(), ...indirectMutants()]) {
    const plan = planOf(example);
    mutate(plan);
    writeFileSync(path, JSON.stringify(plan));
    const report = JSON.parse((await cli("check", "--format", "json", path)).out || "{}") as Plan;
    const results: Plan[] = (report.destinations ?? []).flatMap((destination: Plan) => destination.results);
    for (const { explain, expected } of results.filter((result) => result.outcome === "fail" && result.explain !== undefined)) {
      count++;
      const { out } = await cli(...wordsOf(explain), "--format", "json");
      // One answer for each bucket policy, as the last one written takes effect.
      const verdicts = out
        .trim()
        .split("\n")
        .map((answer) => (JSON.parse(answer) as Plan).verdict as string);
      const isRight = (verdict: string) => (expected === "denied" ? verdict === "Allowed" : verdict.endsWith("Denied"));
      if (!verdicts.some(isRight)) wrong.push({ name, explain, verdicts });
    }
  }

  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(200);
});

test("a word with other characters is quoted for a shell, and a request that is not known has no command", () => {
  const request = {
    principal: "*",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::logs/it's",
    context: { "aws:PrincipalTag/a": ["b", "c"] },
  };

  expect(explainLine(request, ["my plan.json"])).toBe(
    "vendor-destination explain 'my plan.json' --principal '*' --action s3:GetObject " +
      "--resource 'arn:aws:s3:::logs/it'\\''s' --context aws:PrincipalTag/a=b --context aws:PrincipalTag/a=c",
  );
  expect(explainLine({ ...request, resource: `arn:aws:s3:::${unknownText("the bucket")}` }, [])).toBeUndefined();
});

/** The words behind the program's name, as a shell reads them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!).slice(1);
}
