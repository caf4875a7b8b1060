/** Tools of others over the modules: checkov and tflint, each where it is found. OpenTofu is in `test/e2e/modules.test.ts`. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import { MODULES } from "../../scripts/terraform-modules/definitions";
import { TOOLS_PATH, toolUnavailable } from "../emulator/optional-tools";

const ROOT = join(__dirname, "..", "..");

function run(command: string, args: readonly string[], cwd: string) {
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, PATH: TOOLS_PATH } });
}

/** Skips the test, with the reason, where the tool is not on this machine. */
function needs(command: string, skip: TestContext["skip"]): void {
  const reason = toolUnavailable(command);
  if (reason !== undefined) skip(reason);
}

describe.each(MODULES)("$name", ({ name, scannerFindings }) => {
  const module = join(ROOT, "modules", name);

  test("checkov reports the ids that the page lists, and no others", ({ skip }) => {
    needs("checkov", skip);

    const { stdout } = run("checkov", ["-d", ".", "--framework", "terraform", "--skip-download", "--quiet", "-o", "json"], module);

    const failed: readonly { check_id: string }[] = JSON.parse(stdout).results.failed_checks;
    expect([...new Set(failed.map(({ check_id }) => check_id))].sort()).toEqual(Object.keys(scannerFindings).sort());
  });

  test("tflint reports nothing", ({ skip }) => {
    needs("tflint", skip);

    expect(run("tflint", [], module)).toMatchObject({ status: 0, stdout: "" });
  });
});
