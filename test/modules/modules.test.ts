/** The Terraform modules: what the constructs define, with the same contract, judged by the program from their HCL. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MODULES, MODULES_FOLDER } from "../../scripts/terraform-modules/modules";
import { cli } from "../cli/run-program";
import { called, files } from "./described";

const ROOT = join(__dirname, "..", "..");
const FOLDER = join(ROOT, MODULES_FOLDER);

test("the committed modules are what the constructs define: run `npm run docs` after a change", () => {
  for (const [name, text] of files) expect(readFileSync(join(FOLDER, name), "utf8"), name).toBe(text);
  const committed = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[\\/](program|\.terraform)([\\/]|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1));
  expect(committed.sort()).toEqual([...files.keys()].sort());
});

test.each(MODULES)("$name describes every variable, and its page lists them all", ({ name, variables }) => {
  const page = files.get(`${name}/README.md`)!;

  for (const [variable, { description, fallback, rules = [] }] of Object.entries(variables)) {
    expect(description).toMatch(/\.$/);
    expect(page).toContain(`| ${variable} |`);
    expect(page).toMatch(new RegExp(`^\\| ${variable} \\|.*\\| ${fallback === undefined ? "yes" : "no"} \\|$`, "m"));
    for (const { condition, message } of rules)
      expect([condition, message]).toEqual([expect.stringContaining(`var.${variable}`), expect.stringMatching(`^${variable} .*\\.$`)]);
  }
});

const hasTerraform = spawnSync("terraform", ["version"]).status === 0;

test.runIf(hasTerraform)("the modules are written as `terraform fmt` writes them", () => {
  expect(execFileSync("terraform", ["fmt", "-check", "-diff", "-recursive", FOLDER], { encoding: "utf8" })).toBe("");
});

test.each(MODULES)("check passes on $name with its example", async ({ name }) => {
  const { code, out } = await cli("check", join(FOLDER, name));

  expect(out).toMatch(/1 destination: \d\d as expected, 0 not, 0 not known; no findings; /);
  expect(code).toBe(0);
});

const KANDJI_ARGS = { bucket_name: "acme-logs", vendor_account_id: "222222222222", vendor_role_name: "x/kandji" };

describe("the nearest module that is wrong fails:", () => {
  test.each<[string, (main: string) => string]>([
    ["a public policy is not blocked", (main) => main.replace("block_public_policy     = true", "block_public_policy     = false")],
    ["everybody is trusted", (main) => main.replace(/AWS = "arn:[^"]*"/, 'AWS = "*"')],
    ["plain HTTP is not refused", (main) => main.replace('"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"')],
    ["the grant is elsewhere", (main) => main.replace("${aws_s3_bucket.this.arn}/${prefix}*", "${aws_s3_bucket.this.arn}-x/${prefix}*")],
  ])("%s", async (_, change) => {
    const path = called("kandji", KANDJI_ARGS, (main) => {
      expect(change(main)).not.toBe(main);
      return change(main);
    });

    expect((await cli("check", path)).code).toBe(1);
  });
});

describe("the command of the hook", () => {
  const main = files.get("kandji/main.tf")!;
  /** Runs the command of a mode as Terraform does, on a machine without Node.js. */
  const run = (pattern: RegExp) => {
    const [, command] = pattern.exec(main)!;
    return spawnSync("/bin/sh", ["-c", JSON.parse(`"${command}"`).replaceAll("${path.module}", ".")], { env: { PATH: "/nowhere" } }).status;
  };

  test("does not fail where the mode is warn and there is no Node.js", () => {
    expect(run(/var\.validation == "warn" \? "((?:[^"\\]|\\.)*)"/)).toBe(0);
  });

  test("fails where the mode is enforce and there is no Node.js", () => {
    expect(run(/ : "(node (?:[^"\\]|\\.)*)"\n/)).not.toBe(0);
  });
});
