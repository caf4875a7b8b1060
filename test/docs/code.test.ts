/** Nothing that a page shows in a block of code is left to trust: it is a file that tests run, or it is run, parsed or compared here, or by the test that is named. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../cli/commands";
import { handwrittenPages } from "../../scripts/docs/snippets";
import { BY_HAND, examplesFolder } from "../cli/example-plans";
import { cli, folder } from "../cli/run-program";
import { planOf } from "../mutants/plans";

const ROOT = join(__dirname, "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PAGES = [...handwrittenPages(), "packages/vendor-destination/README.md", "packages/cdktn-vendor-destination/install.md"];

interface Block {
  readonly page: string;
  /** Language, and a name for the test that reads it. */
  readonly info: string;
  readonly text: string;
  readonly isSnippet: boolean;
}

const BLOCKS = PAGES.flatMap((page) =>
  [...read(page).matchAll(/^(<!-- from: .+? -->\n)?( *)```(.*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, marker, indent, info, text]): Block => ({
      page,
      info: info!,
      text: text!.replace(new RegExp(`^${indent}`, "gm"), ""),
      isSnippet: marker !== undefined,
    }),
  ),
);
const blocksOf = (...languages: readonly string[]) => BLOCKS.filter(({ info, isSnippet }) => languages.includes(info) && !isSnippet);

/** Blocks of these languages, and those whose info has a name, are read by other tests. */
const READ_ELSEWHERE: Readonly<Record<string, string>> = {
  go: "test/languages/java-and-go.test.ts",
  java: "test/languages/java-and-go.test.ts",
  python: "test/package/python.test.ts",
  "sh verify": "test/cli/validate/sign.test.ts",
  "json watch": "test/cli/watch/docs.test.ts",
  "json organization": "test/cli/validate/docs.test.ts",
  "json deployer": "test/e2e/modes.test.ts",
  "json vendor": "test/e2e/modes.test.ts",
  "json stand-in": "test/e2e/modes.test.ts",
};

test("every block is of a kind that some test reads", () => {
  const kinds = ["ts", "sh", "json", "yaml", "text", "", ...Object.keys(READ_ELSEWHERE)];

  expect(BLOCKS.length).toBeGreaterThan(60);
  expect(BLOCKS.filter(({ info, isSnippet }) => !isSnippet && !kinds.includes(info))).toEqual([]);
  for (const path of Object.values(READ_ELSEWHERE)) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

test("TypeScript stands in a file that is compiled, or in the README, which rosetta compiles", () => {
  const folders = ["examples", "test/e2e", "test/emulator", "test/package"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /(?<!\.d)\.m?ts$/.test(path))
      .map((path) => read(join(folder, path))),
  );
  const compiled = [...files, read("README.md")].map(withoutSpace);
  // The emulator's own page is for those who change this repository.
  const pieces = blocksOf("ts").filter(({ page }) => page !== "README.md" && page !== "docs/emulators.md");

  expect(pieces.length).toBeGreaterThan(6);
  expect(pieces.filter(({ text }) => !compiled.some((file) => file.includes(withoutSpace(text))))).toEqual([]);
});

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

describe("JSON", () => {
  test.each([
    ["schemas/vendor-profile.schema.json", '"vendorName"'],
    ["schemas/config.schema.json", '"failOn"'],
    ["schemas/acceptances.schema.json", '"acceptances"'],
  ])("is as %s says", (schema, member) => {
    const [block, ...more] = blocksOf("json").filter(({ text }) => text.includes(member));
    const ajv = addFormats(new Ajv2020({ strict: false }));
    ajv.addMetaSchema(JSON.parse(readFileSync(require.resolve("ajv/dist/refs/json-schema-draft-07.json"), "utf8")));
    const validate = ajv.compile(JSON.parse(read(schema)));

    expect(more).toEqual([]);
    expect(validate(JSON.parse(block!.text)), JSON.stringify(validate.errors)).toBe(true);
  });

  test("has no block beside these", () => {
    expect(blocksOf("json")).toHaveLength(3);
  });
});

/** The commands in a block: lines that end with a backslash are one. */
function commandsIn(text: string): readonly string[] {
  const lines = text.replaceAll(/\\\n\s*/g, " ").split("\n");
  return lines.map((line) => line.replace(/\s+#.*$/, "").trim()).filter((line) => line !== "");
}

const LINES = [
  ...blocksOf("sh").flatMap(({ page, text }) => commandsIn(text).map((line) => ({ page, line }))),
  ...blocksOf("yaml").flatMap(({ page, text }) => [...text.matchAll(/(?:run|script): (.+)$/gm)].map(([, line]) => ({ page, line: line! }))),
];

const PROGRAM =
  /(?:^|\| )(?:npx |node program\/index\.js |(?=vendor-destination ))(?:--yes )?(?:vendor-destination(?:@\S+)? )?((?:check|explain|access|validate|watch|init) .*?|check)(?= > | && | \|\| |$)/;

describe("commands", () => {
  const ours = LINES.filter(({ line }) => PROGRAM.test(line));

  test.each(ours.map(({ page, line }) => [line, page]))("%s (%s) has only options that the program knows", async (line) => {
    const [name, ...words] = PROGRAM.exec(line)![1]!.split(/\s+/);
    const command = new Command(name).exitOverride().configureOutput({ writeErr: () => {} });
    (await COMMANDS.find((entry) => entry.name === name)!.load()).define(command);
    command.action(() => {});

    const args = words.map((word) => word.replace(/^"(.*)"$/, "$1"));
    await expect(command.parseAsync(args, { from: "user" })).resolves.toBe(command);
  });

  test("every other command is one that a test runs, of npm, or of Terraform", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const others = LINES.filter(({ line }) => !PROGRAM.test(line)).filter(({ line }) => !KNOWN.some((known) => known.test(line)));
    const ofNpm = others.filter(({ line }) => scripts[/^npm (?:run )?(\S+)/.exec(line)?.[1] ?? ""] === undefined);

    expect(ours.length).toBeGreaterThan(20);
    expect(ofNpm).toEqual([]);
  });

  test("the packages that they install have the versions that the packages ask for", () => {
    const { peerDependencies } = JSON.parse(read("package.json"));
    const installs = LINES.filter(({ line }) => line.startsWith("npm install cdktf-vendor-destination"));

    expect(installs.length).toBeGreaterThan(0);
    for (const { line } of installs)
      for (const [name, version] of Object.entries(peerDependencies)) expect(line.split(" ")).toContain(`${name}@${version}`);
  });
});

describe("offline, with the examples as input", () => {
  const lineOf = (page: string, start: string) => LINES.find((one) => one.page === page && one.line.includes(start))!.line;
  const wordsOf = (line: string) => PROGRAM.exec(line)![1]!.split(/\s+/);

  test.each(["check cdktf.out", "explain cdktf.out"])("the README's %s does what the page says", async (start) => {
    const examples = examplesFolder();

    const { code, out } = await cli(...wordsOf(lineOf("README.md", start)).map((word) => (word === "cdktf.out" ? examples : word)));

    expect(code, out).toBe(0);
    if (start.startsWith("explain")) expect(out).toContain("Allowed");
  });

  test("the quick start's check judges Terraform that was written by hand", async () => {
    const [name, , ...options] = wordsOf(lineOf("docs/quick-start.md", "check . --vendor kandji"));

    const { code, out } = await cli(name!, folder({ "main.tf.json": BY_HAND }), ...options);

    expect(code, out).toBe(0);
  });

  test("the addresses in Terraform's state are those of the example", () => {
    const addresses = LINES.flatMap(({ line }) => line.match(/\baws_\w+\.\w+/g) ?? []);
    const { resource } = planOf("kandji");

    expect(addresses.length).toBeGreaterThan(0);
    for (const [type, name] of addresses.map((address) => address.split(".") as [string, string]))
      expect(resource[type]).toHaveProperty(name);
  });
});

/** Commands of others. Those of a project that `init` wrote are run by `test/package/init.test.ts` and `python.test.ts`, those of cdktn by `test/package/cdktn.test.ts`. */
const KNOWN = [
  /^npm (?:install|test|uninstall)\b/,
  /^npm run (?:synth|check|demo)\b/,
  /^npx tsx main\.ts$/,
  /^npx cdkt[fn] synth$/,
  /^cdktf synth$/,
  /^(?:cd \S+)$/,
  /^terraform (?:-chdir=\S+ )?(?:init|plan|apply|destroy|output|show|state (?:list|rm))\b/,
  /^pip install (?:cdktf-vendor-destination |--requirement requirements\.txt$)/,
  /^python main\.py$/,
  /^sh test\.sh$/,
  /^find \. \\\( -name node_modules /,
  /^openssl genpkey|^openssl pkey/,
];

describe("GitHub Actions", () => {
  test("the action has the inputs that the page gives it", () => {
    const action = read("action.yml");
    const step = blocksOf("yaml").find(({ text }) => text.includes("uses: cdktf-vendor-destination/"))!;
    const inputs = [...step.text.split("with:")[1]!.matchAll(/^ {6}(\w[\w-]*):/gm)].map((match) => match[1]!);

    expect(inputs).toEqual(["paths", "options"]);
    for (const input of inputs) expect(action).toContain(`\n  ${input}:\n`);
  });

  test("the hook for pre-commit has the ID that the page gives it", () => {
    const [, id] = /\{ id: ([\w-]+),/.exec(read("docs/check.md"))!;

    expect(read(".pre-commit-hooks.yaml")).toContain(`- id: ${id}\n`);
  });
});
