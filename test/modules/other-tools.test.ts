/**
 * Tools of others over the modules: checkov, tflint and OpenTofu, each where it is found on the PATH or in the folder that
 * VENDOR_DESTINATION_TOOLS names. `npm test` installs none of them.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import { MODULES } from "../../scripts/terraform-modules/definitions";
import { folder } from "../cli/run-program";
import { findProviderMirror, hclForProviderVersion } from "../emulator/provider-mirror";

const ROOT = join(__dirname, "..", "..");
const PATH = [process.env.VENDOR_DESTINATION_TOOLS ?? "", process.env.PATH].join(delimiter);

function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, PATH, ...env } });
}

const isFound = (command: string) => run(command, ["--version"], ROOT).status === 0;

/** Skips the test, with the reason, where the tool is not on this machine. */
function needs(command: string, skip: TestContext["skip"]): void {
  if (!isFound(command)) skip(`${command} was not found: install it, and set VENDOR_DESTINATION_TOOLS to its folder`);
}

describe.each(MODULES)("$name", ({ name, scannerFindings, example, exampleRegion }) => {
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

  test("OpenTofu plans it with the genuine AWS provider", ({ skip }) => {
    needs("tofu", skip);
    const mirror = findProviderMirror();
    if (mirror === undefined) return skip("no mirror of the AWS provider was found");
    const work = folder({
      "main.tf.json": {
        provider: {
          aws: {
            region: exampleRegion,
            access_key: "x",
            secret_key: "x",
            skip_credentials_validation: true,
            skip_requesting_account_id: true,
          },
        },
        module: { destination: { source: "./module", ...example } },
      },
    });
    mkdirSync(join(work, "module", "program"), { recursive: true });
    copyFileSync(join(ROOT, "program", "index.js"), join(work, "module", "program", "index.js"));
    for (const file of readdirSync(module).filter((path) => path.endsWith(".tf"))) {
      writeFileSync(join(work, "module", file), hclForProviderVersion(readFileSync(join(module, file), "utf8"), mirror.version));
    }
    // OpenTofu looks for the provider under the host of its own registry.
    const provider = join("hashicorp", "aws", mirror.version);
    const host = join(work, "mirror", "registry.opentofu.org", provider);
    mkdirSync(host, { recursive: true });
    const original = join(mirror.folder, "registry.terraform.io", provider);
    for (const platform of readdirSync(original)) symlinkSync(join(original, platform), join(host, platform));
    writeFileSync(
      join(work, "tofu.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(join(work, "mirror"))}\n  }\n}\n`,
    );
    const tofu = (...args: string[]) => {
      const { status, stdout, stderr } = run("tofu", [...args, "-no-color"], work, { TF_CLI_CONFIG_FILE: join(work, "tofu.tfrc") });
      expect(status, stdout + stderr).toBe(0);
      return stdout;
    };

    tofu("init");
    tofu("validate");

    expect(tofu("plan")).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
  });
});
