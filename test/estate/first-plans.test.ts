/**
 * The verdict on a real first plan is never weaker than that on the configuration that it was made of.
 *
 * `first-plans/<name>/plan.json` is what `terraform show -json` prints for the configuration beside it with Terraform 1.11 and version 5 of the AWS
 * provider, before anything exists. The plan is judged by itself and beside its configuration.
 */
import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CheckReport } from "../../cli/report/check";
import { cli, folder } from "../cli/run-program";

const ROOT = join(__dirname, "first-plans");
const VENDOR = ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity", "--role", "delivery"];

interface Verdict {
  readonly code: number;
  /** By the IDs of the expectations and settings. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
}

async function verdictOn(path: string): Promise<Verdict> {
  const args = [...VENDOR, "--bucket", "acme-logs", "--account", "111111111111", "--format", "json"];
  const { code, out } = await cli("check", path, ...args);
  const { destinations, findings }: CheckReport = JSON.parse(out);
  const results = destinations.flatMap((destination) => destination.results);
  return {
    code,
    outcomes: Object.fromEntries(results.map(({ id, outcome }) => [id, outcome])),
    findings: findings.map(({ ruleId, isUnknown = false }) => `${ruleId} ${isUnknown}`).sort(),
  };
}

test.each(readdirSync(ROOT))("%s", async (name) => {
  const alone = folder({});
  const isPlan = (file: string): boolean => file.endsWith("plan.json");
  const from = join(ROOT, name);
  cpSync(from, join(alone, "configuration"), { recursive: true, filter: (file) => !isPlan(file) });
  cpSync(from, join(alone, "plan"), { recursive: true, filter: (file) => file === from || isPlan(file) });
  cpSync(from, join(alone, "both"), { recursive: true });

  const configuration = await verdictOn(join(alone, "configuration"));
  const plan = await verdictOn(join(alone, "plan", "plan.json"));

  expect(await verdictOn(join(alone, "both", "plan.json"))).toEqual(configuration);
  // A plan of HCL does not hold the expressions.
  if (!existsSync(join(from, "main.tf"))) expect(plan).toEqual(configuration);
  else {
    for (const [id, outcome] of Object.entries(plan.outcomes)) expect([configuration.outcomes[id], "unknown"], id).toContain(outcome);
    expect(plan.code).not.toBe(0);
  }
});
