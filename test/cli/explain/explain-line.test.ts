/** The commands that a report prints to repeat a witness. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explainLine } from "../../../cli/explain";
import { PROOF_IDS } from "../../../lib/contract";
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

describe("a KMS key that lets in the vendor's role", () => {
  const ROLE = "arn:aws:iam::111111111111:role/kandji-acme-kandji-activity";
  const KEY_ARN = "arn:aws:kms:eu-central-1:111111111111:key/0b9e5a34-0000-4000-8000-000000000000";
  const policy = (Principal: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "kms:Decrypt", Resource: "*" }] });
  const grant = (key: string) => ({ grant: { key_id: key, grantee_principal: ROLE, operations: ["Decrypt"] } });

  async function explained(resource: object) {
    const plan = planOf("kandji");
    plan.provider.aws[0].allowed_account_ids = ["111111111111"];
    Object.assign(plan.resource, resource);
    const path = join(examplesFolder(), "key.tf.json");
    writeFileSync(path, JSON.stringify(plan));
    const report = JSON.parse((await cli("check", "--format", "json", path)).out) as Plan;
    const results: Plan[] = report.destinations[0].results;
    return { path, line: results.find(({ id }) => id === PROOF_IDS.nothingBeside).explain as string };
  }

  test.each<[string, object, string]>([
    ["of the plan, by its address", { aws_kms_key: { other: { policy: policy({ AWS: ROLE }) } } }, "aws_kms_key.other"],
    ["of the plan, by a grant", { aws_kms_key: { other: {} }, aws_kms_grant: grant("${aws_kms_key.other.key_id}") }, "aws_kms_key.other"],
    ["from elsewhere, by its ARN", { aws_kms_grant: grant(KEY_ARN) }, KEY_ARN],
    ["from elsewhere, by its ID", { aws_kms_grant: grant("0b9e5a34-0000-4000-8000-000000000000") }, "0b9e5a34-0000-4000-8000-000000000000"],
  ])("%s", async (_, resource, name) => {
    const { line } = await explained(resource);
    const { out, code } = await cli(...wordsOf(line), "--format", "json");

    expect(line).toContain(`--action kms:Decrypt --resource ${name}`);
    expect(JSON.parse(out).verdict).toBe("Allowed");
    expect(code).toBe(0);
  });

  test("another role may not use it, and the same role may not change it", async () => {
    const { path } = await explained({ aws_kms_key: { other: { policy: policy({ AWS: ROLE }) } } });
    const verdict = async (principal: string, action: string) => {
      const words = ["explain", path, "--principal", principal, "--action", action, "--resource", "aws_kms_key.other"];
      return JSON.parse((await cli(...(words as [string, ...string[]]), "--format", "json")).out).verdict as string;
    };

    expect(await verdict(ROLE, "kms:Decrypt")).toBe("Allowed");
    expect(await verdict(ROLE, "kms:PutKeyPolicy")).toBe("ImplicitlyDenied");
    expect(await verdict("arn:aws:iam::999999999999:role/other", "kms:Decrypt")).toBe("ImplicitlyDenied");
  });

  test("fails: the plan does not define the key", async () => {
    const { path } = await explained({ aws_kms_key: { other: { policy: policy({ AWS: ROLE }) } } });
    const { code, err } = await cli("explain", path, "--principal", ROLE, "--action", "kms:Decrypt", "--resource", KEY_ARN);

    expect(code).toBe(2);
    expect(err).toContain("its KMS keys are aws_kms_key.other");
  });
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
