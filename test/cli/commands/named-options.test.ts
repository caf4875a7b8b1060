/** Whatever a message tells somebody to do can be done: every option that it names exists in that command. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { liveRemedy } from "../../../cli/live/rule-findings";
import { RULE_INFOS } from "../../../lib/rules";
import { anchorsOf } from "../../../scripts/docs/links";
import { cli } from "../run-program";

const ROOT = join(__dirname, "..", "..", "..");

/** Options of the AWS CLI, in commands that are put together from parts. */
const OF_AWS_CLI = ["--bucket", "--mfa", "--region", "--role-name", "--version-id"];

/** Options that a text names, without those of commands of the AWS CLI. */
function optionsIn(text: string): string[] {
  const own = text.replace(/aws (s3api|s3|iam|sso)\b[^\n]*/g, "");
  return [...own.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option).filter((option) => !OF_AWS_CLI.includes(option));
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(ROOT, path)).isDirectory()) return sourcesIn(path);
    return /(?<!\.d)\.ts$/.test(name) ? [path] : [];
  });
}

/** The texts between quotes in a source, without comments. */
function textsOf(path: string): string {
  const code = readFileSync(join(ROOT, path), "utf8")
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(([text]) => text).join("\n");
}

describe.each([
  ["validate", ["cli/aws", "cli/clean-up", "cli/credentials", "cli/live", "cli/probes", "cli/validate", "cli/report/validate"]],
  ["watch", ["cli/watch", "cli/report/watch"]],
])("messages of %s", (command, rooms) => {
  test("name options that the command has", async () => {
    const { out: help } = await cli(command, "--help");
    const known = new Set(optionsIn(help));
    const named = rooms
      .flatMap(sourcesIn)
      .filter((path) => !path.endsWith("style.ts"))
      .flatMap((path) => optionsIn(textsOf(path)).map((option) => ({ path, option })));

    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ option }) => !known.has(option))).toEqual([]);
  });
});

test("remedies of rules name no option of check in a live report", async () => {
  const { out: help } = await cli("validate", "--help");
  const known = new Set(optionsIn(help));

  // Only check compares with a pin.
  const rules = [...RULE_INFOS].filter(([ruleId]) => !ruleId.startsWith("pin-"));
  const named = rules.flatMap(([ruleId, { remedy }]) => optionsIn(liveRemedy({ ruleId, remedy })).map((option) => [ruleId, option]));

  expect(named.filter(([, option]) => !known.has(option!))).toEqual([]);
});

test("messages name pages of the documentation by an address that leads to them, as most users have no copy of `docs`", () => {
  const texts = [...sourcesIn("cli"), ...sourcesIn("lib")].filter((path) => path !== "cli/init/example-files.ts").map(textsOf);
  const pages = texts
    .flatMap((text) => [...text.matchAll(/docsPage\(\\?"([^"\\]+)\\?"\)|"([a-z/-]+\.md(?:#[a-z-]+)?)"/g)])
    .map((match) => match[1] ?? match[2]!);

  expect(texts.filter((text) => /(?<![\w./])docs\/[a-z-]/.test(text.replaceAll("/blob/main/docs/", "")))).toEqual([]);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) {
    const [path, anchor] = page.split("#");
    expect(existsSync(join(ROOT, "docs", path!)), page).toBe(true);
    if (anchor !== undefined) expect([...anchorsOf(readFileSync(join(ROOT, "docs", path!), "utf8"))], page).toContain(anchor);
  }
});
