/** Which reports a run writes, where, and how much of it as text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../../cli/program";
import { only, type Plan, planOf } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

const versioned = (plan: Plan) => Object.assign(only(plan, "aws_s3_bucket_versioning").versioning_configuration, { status: "Enabled" });
const broken = () => examplesFolder({ kandji: versioned });
const read = (path: string) => readFileSync(path, "utf8");

describe("several reports", () => {
  test("are written by one run, each into its file, and standard output has the text", async () => {
    const out = folder({});
    const [sarif, markdown] = [join(out, "check.sarif"), join(out, "summary.md")];

    const run = await cli("check", "--format", `sarif=${sarif}`, "--format", `markdown=${markdown}`, broken());

    expect(run.code).toBe(1);
    expect(run.out).toContain("2 destinations: ");
    expect(JSON.parse(read(sarif)).version).toBe("2.1.0");
    expect(read(markdown)).toMatch(/^## Vendor destinations: ❌/);
  });

  test("leave standard output to the one without a file", async () => {
    const sarif = join(folder({}), "check.sarif");
    const { out } = await cli("check", "--format", "json", "--format", `sarif=${sarif}`, examplesFolder());

    expect(JSON.parse(out).exitCode).toBe(0);
    expect(JSON.parse(read(sarif)).version).toBe("2.1.0");
  });

  test("leave standard output empty where --output takes the one without a file", async () => {
    const out = folder({});
    const run = await cli(
      "check",
      "--format",
      "json",
      "--output",
      join(out, "a.json"),
      "--format",
      `junit=${join(out, "b.xml")}`,
      broken(),
    );

    expect(run.out).toBe("");
    expect(readdirSync(out).sort()).toEqual(["a.json", "b.xml"]);
  });

  test.each<[string, string[], string]>([
    ["two have no file", ["--format", "json", "--format", "sarif"], "'--format' must name a file for all reports but one"],
    ["two have one file", ["--format", "json=a", "--format", "sarif=a"], `another file for each report, got "a" twice`],
    ["a format is not known", ["--format", "xml=a"], "'--format' must be one of text, json, sarif, junit, markdown, github"],
    ["a file has no name", ["--format", "json="], "'--format' must have a file behind the ="],
    ["a file cannot be written", ["--format", "json=missing/a.json"], "UnwritableFile: '--format' must name a file that can be written"],
  ])("fail where %s", async (_, argv, message) => {
    const { code, err } = await cli("check", ...argv, examplesFolder());

    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

describe("--quiet", () => {
  test("prints nothing where all is as expected", async () => {
    expect(await cli("check", "--quiet", examplesFolder())).toEqual({ code: 0, out: "", err: "" });
  });

  test("prints only what is not", async () => {
    const { code, out } = await cli("check", "--quiet", broken());

    expect(out).toMatch(/^ {2}✗ /m);
    expect(out).not.toMatch(/✓|assume the role {2}|For every request|Settings/);

    expect(out).toContain("✗ Kandji");
    expect(out).toContain("[versioning]");
    expect(out).not.toContain("6sense");
    expect(out).not.toContain("Not checked");
    expect(code).toBe(1);
  });
});

test("from four destinations on, those as expected have one line each", async () => {
  const named = (name: string): Plan =>
    JSON.parse(JSON.stringify(planOf("kandji")).replaceAll("acme-kandji-activity", `acme-${name}`).replaceAll("kandji/Kandji", name));
  const plans = (count: number) =>
    folder(Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}/cdk.tf.json`, named(`s${index}`)])));

  const { out: three } = await cli("check", plans(3));
  const { out: four } = await cli("check", plans(4));

  expect(three.match(/^ {2}Settings$/gm)).toHaveLength(3);
  expect(four.match(/^ {2}Settings$/gm)).toBeNull();
  expect(four.match(/^✓ Kandji → acme-s\d: \d+ as expected \(s\d\)$/gm)).toHaveLength(4);
  expect((await cli("check", "--full", plans(4))).out.match(/^ {2}Settings$/gm)).toHaveLength(4);
});

describe("--color", () => {
  const colours = async (env: Record<string, string>, isTerminal: boolean, ...argv: string[]) => {
    const out: string[] = [];
    await main(["check", ...argv, examplesFolder()], {
      env,
      stdout: { write: (text) => void out.push(text), isTerminal },
      stderr: { write: () => {}, isTerminal: false },
      signal: new AbortController().signal,
      onKill: () => () => {},
    });
    return out.join("").includes("\u001b[");
  };

  test.each<[boolean, Record<string, string>, boolean, string[]]>([
    [true, {}, true, []],
    [false, {}, false, []],
    [true, {}, false, ["--color"]],
    [false, {}, true, ["--no-color"]],
    [false, { NO_COLOR: "1" }, true, []],
    [true, { NO_COLOR: "" }, true, []],
    [true, { NO_COLOR: "1" }, true, ["--color"]],
  ])("%j with %j, a terminal: %j, and %j", async (expected, env, isTerminal, argv) => {
    expect(await colours(env, isTerminal, ...argv)).toBe(expected);
  });
});

describe("--format github", () => {
  test("has one annotation for each finding, at its line, the most severe first", async () => {
    const { code, out } = await cli("check", "--format", "github", broken());

    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toMatch(
      /^::error file=.*stacks\/kandji\/cdk\.tf\.json,line=\d+,title=setting-differs::.*%0Aremedy: .*%0Aat: .*%0Ahttps:/,
    );
    expect(lines.at(-1)).toMatch(/^2 destinations: /);
    expect(lines).toHaveLength(2);
    expect(code).toBe(1);
  });

  test("has no annotation where all is as expected", async () => {
    expect((await cli("check", "--format", "github", examplesFolder())).out).toMatch(/^2 destinations: \d+ as expected.*\n$/);
  });

  test("has an error where a part was not read, and a warning where something is not known", async () => {
    const path = folder({ "main.tf.json": { resource: { null_resource: { nothing: {} } } } });
    const boundary = (plan: Plan) =>
      Object.assign(only(plan, "aws_iam_role"), { permissions_boundary: "arn:aws:iam::111111111111:policy/x" });

    expect((await cli("check", "--format", "github", path)).out).toMatch(/^::error title=could not tell::there is nothing to judge/);
    expect((await cli("check", "--format", "github", examplesFolder({ kandji: boundary }))).out).toMatch(
      /^::warning file=.*title=could-not-tell::/,
    );
  });

  test("shows what is accepted as a notice", async () => {
    const accept = { schemaVersion: 1, acceptances: [{ id: "versioning", contract: "kandji/Kandji", reason: "100% wanted" }] };
    const file = join(folder({ "a.json": accept }), "a.json");
    const { out } = await cli("check", "--format", "github", "--accept", file, broken());

    expect(out).toMatch(/^::notice file=.*title=setting-differs::accepted: 100%25 wanted \(at .*a\.json:\d+\): /);
  });

  test("lets no text of the plan end the command or begin another one", async () => {
    const change = (plan: Plan) => {
      versioned(plan);
      Object.assign(only(plan, "terraform_data").input, { id: "a\n::error::b%0A::error::c,d" });
    };
    const { out } = await cli("check", "--format", "github", examplesFolder({ kandji: change }));

    expect(out.match(/^::/gm)).toHaveLength(1);
    expect(out).not.toContain("%0A::error");
  });
});
