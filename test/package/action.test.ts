/** The GitHub Action and the hook of pre-commit, read as they are written and run step by step. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { BY_HAND } from "../cli/example-plans";
import { emptyFolder, ROOT } from "./projects";

const OPTIONS = "--vendor\nkandji\n--vendor-account-id\n222222222222\n  --vendor-role-name\nkandji-activity\n\n";
const version = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version as string;

let parse: (text: string) => any;
/** A folder with an npx that runs the program of this repository. */
let bin: string;

beforeAll(() => {
  const tools = emptyFolder();
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", "yaml@2"], { cwd: tools });
  parse = createRequire(join(tools, "index.js"))("yaml").parse;
  bin = emptyFolder();
  const program = `exec "${process.execPath}" "${join(ROOT, "program", "index.js")}" "$@"`;
  writeFileSync(join(bin, "npx"), `#!/bin/sh\n[ "$1 $2" = "--yes vendor-destination@${version}" ] || exit 99\nshift 2\n${program}\n`);
  chmodSync(join(bin, "npx"), 0o755);
});

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

/** Runs the action as GitHub does: what its steps use, the summary, and whether the job fails. */
function runAction(workspace: string, given: Readonly<Record<string, string>>) {
  const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
  const inputs = Object.fromEntries(Object.entries<any>(action.inputs).map(([name, { default: value }]) => [name, given[name] ?? value]));
  const outputs: Record<string, Record<string, string>> = {};
  const known: Record<string, (name: string) => string> = {
    inputs: (name) => inputs[name]!,
    github: (name) => ({ action_path: ROOT })[name]!,
    steps: (name) => outputs[name.split(".")[0]!]?.[name.split(".")[2]!] ?? "",
  };
  const evaluate = (expression: string): unknown => {
    const code = expression
      .replace(/\b(inputs|github|steps)\.([\w.-]+)/g, (_, context, name) => JSON.stringify(known[context]!(name)))
      .replace("always()", "true");
    return new Function(`return ${code}`)();
  };
  const filled = (text: string) => text.replace(/\$\{\{(.+?)\}\}/g, (_, expression) => String(evaluate(expression)));
  const files = emptyFolder();
  const used: { uses: string; with: Record<string, string> }[] = [];
  const log: string[] = [];
  let failed = false;
  for (const [index, step] of (action.runs.steps as Step[]).entries()) {
    if (step.if === undefined ? failed : !evaluate(step.if)) continue;
    const filledIn = (values: Readonly<Record<string, string>> = {}) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(String(value))]));
    if (step.uses !== undefined) {
      used.push({ uses: step.uses, with: filledIn(step.with) });
      continue;
    }
    const output = join(files, `output-${index}`);
    writeFileSync(output, "");
    const env = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(files, "summary"),
      ...filledIn(step.env),
    };
    const cwd = join(workspace, filled(step["working-directory"] ?? "."));
    const run = spawnSync("bash", ["-e", "-o", "pipefail", "-c", step.run!], { cwd, env, encoding: "utf8" });
    log.push(run.stdout, run.stderr);
    if (run.status !== 0) failed = true;
    if (step.id)
      outputs[step.id] = Object.fromEntries(
        readFileSync(output, "utf8")
          .trim()
          .split("\n")
          .map((line) => line.split(/=(.*)/s)),
      );
  }
  return { failed, used, log: log.join(""), outputs: outputs.check!, summary: readFileSync(join(files, "summary"), "utf8") };
}

/** A checkout with Kandji's destination below `infra`. */
function workspace(change: (stack: any) => void = () => {}): string {
  const folder = emptyFolder();
  const stack = structuredClone(BY_HAND);
  change(stack);
  mkdirSync(join(folder, "infra"));
  writeFileSync(join(folder, "infra", "main.tf.json"), JSON.stringify(stack));
  return folder;
}

describe("the action", () => {
  test("takes an option and its value on one line, whatever white space is in the value", () => {
    const onOneLine =
      "  --vendor  kandji\n--vendor-account-id\t222222222222 \n--vendor-role-name kandji-activity\n--accept no such file.json";
    const { failed, log } = runAction(workspace(), { options: onOneLine, "working-directory": "infra" });

    expect(log).toContain('must name a file that can be read, got "no such file.json"');
    expect(failed).toBe(true);
  });

  test("passes, with both reports and the summary", () => {
    const { failed, used, outputs, summary, log } = runAction(workspace(), { options: OPTIONS, "working-directory": "infra" });

    expect(log).toContain("1 destination:");
    expect(failed).toBe(false);
    expect(outputs["exit-code"]).toBe("0");
    expect(used.map(({ uses }) => uses.replace(/@.*/, ""))).toEqual(["github/codeql-action/upload-sarif", "actions/upload-artifact"]);
    expect(JSON.parse(readFileSync(used[0]!.with.sarif_file!, "utf8")).version).toBe("2.1.0");
    expect(readFileSync(outputs.junit!, "utf8")).toContain("<testsuites");
    expect(summary).toContain("Kandji");
  });

  test("fails on a finding, and has both reports and the summary all the same", () => {
    const folder = workspace((stack) => {
      stack.resource.aws_s3_bucket_public_access_block.kandji.block_public_policy = false;
    });

    const { failed, used, outputs, summary } = runAction(folder, { options: OPTIONS, paths: "infra\n" });

    expect(failed).toBe(true);
    expect(outputs["exit-code"]).toBe("1");
    expect(used).toHaveLength(2);
    expect(JSON.parse(readFileSync(used[0]!.with.sarif_file!, "utf8")).runs[0].results.length).toBeGreaterThan(0);
    expect(existsSync(outputs.junit!)).toBe(true);
    expect(summary).toContain("a public policy is refused | \u274c");
  });

  test.each([
    ["input that cannot be read", { paths: "nowhere" }, "nowhere"],
    ["wrong usage", { options: "--vendor\nacme" }, "UnknownVendor"],
  ])("fails on %s, and the summary says why", (_, given, message) => {
    const { failed, used, outputs, summary } = runAction(workspace(), given);

    expect(failed).toBe(true);
    expect(outputs["exit-code"]).toBe("2");
    expect(used).toEqual([]);
    expect(summary).toContain(message);
  });

  test("fails where the program cannot be had", () => {
    const { failed, outputs } = runAction(workspace(), { version: "0.0.0" });

    expect(failed).toBe(true);
    expect(outputs["exit-code"]).not.toBe("0");
  });

  test("uploads nothing where that is not wanted, and no value of an input is run", () => {
    const folder = workspace();
    const given = { options: OPTIONS, paths: "infra", "upload-sarif": "false", "upload-artifact": "false" };
    const hostile = `$(touch ${join(folder, "run")})`;

    expect(runAction(folder, given).used).toEqual([]);
    expect(
      runAction(folder, { ...given, paths: hostile, version: hostile, reports: `reports ${hostile}`.replaceAll("/", "") }).failed,
    ).toBe(true);
    expect(existsSync(join(folder, "run"))).toBe(false);
  });

  test("takes the version of this repository", () => {
    expect(parse(readFileSync(join(ROOT, "action.yml"), "utf8")).inputs.version.default).toBe(version);
  });
});

describe("the hook of pre-commit", () => {
  const hooks = () => parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")) as any[];

  test.each([
    ["passes", () => {}, 0],
    [
      "fails on a finding",
      (stack: any) => Object.assign(stack.resource.aws_s3_bucket_public_access_block.kandji, { block_public_policy: false }),
      1,
    ],
  ])("%s", (_, change, code) => {
    const [{ entry }] = hooks();
    const args = OPTIONS.trim().split(/\s+/).join(" ");

    const run = spawnSync(`${entry} ${args}`, {
      cwd: workspace(change),
      encoding: "utf8",
      shell: true,
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    });

    expect(run.status, run.stdout + run.stderr).toBe(code);
  });

  test.each([
    ["main.tf", true],
    ["a/main.tf.json", true],
    ["main.tofu", true],
    ["x.auto.tfvars", true],
    ["main.ts", false],
    ["tf/readme.md", false],
  ])("runs for %s: %s", (path, isWanted) => {
    expect(new RegExp(hooks()[0].files).test(path)).toBe(isWanted);
  });
});
