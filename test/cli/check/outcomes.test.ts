/** The mark of a destination: a finding that fails the check never stands below a ✓. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

/** One change of both: who is trusted, and who is expected. The contract alone is content with it. */
const moved = (plan: Plan) => Object.assign(plan, JSON.parse(JSON.stringify(plan).replaceAll("222222222222", "333333333333")));

async function pinOfExamples(): Promise<string> {
  const pin = join(folder({}), "pin.json");
  await cli("check", "--write-pin", pin, examplesFolder());
  return pin;
}

const CASES: readonly (readonly [string, string, () => Promise<readonly string[]>])[] = [
  ["--against", "access-widened", async () => ["--against", examplesFolder(), examplesFolder({ kandji: moved })]],
  ["--pin", "pin-contract, pin-principal", async () => ["--pin", await pinOfExamples(), examplesFolder({ kandji: moved })]],
];

describe.each(CASES)("where %s finds %s", (_, rules, argv) => {
  test("the destination fails, and the others do not", async () => {
    const { out, code } = await cli("check", ...(await argv()));

    expect(out).toContain("✗ Kandji Activity Log → acme-kandji-activity");
    expect(out).toContain("✓ 6sense Data Packs and Audit Logs → acme.6sense.staging");
    expect(out).toContain(`  Findings: ${rules}\n`);
    expect(code).toBe(1);
  });

  test("no report says that the destination is fine", async () => {
    const words = await argv();
    const json = JSON.parse((await cli("check", "--format", "json", ...words)).out) as Plan;
    const outcomes = json.destinations.map(({ vendor, outcome }: Plan) => `${vendor} ${outcome}`);
    const markdown = (await cli("check", "--format", "markdown", ...words)).out;

    expect(outcomes.sort()).toEqual(["6sense pass", "Kandji fail"]);
    expect(markdown).toContain("### ❌ Kandji");
    expect(JSON.stringify(json)).not.toContain("findingRules");
  });

  test("--fail-on none leaves the mark to the results", async () => {
    expect((await cli("check", "--fail-on", "none", ...(await argv()))).out).not.toContain("✗ Kandji");
  });
});
