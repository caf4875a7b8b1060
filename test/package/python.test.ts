/** The package for Python as users get it: a wheel, installed into an environment of its own, whose programs synthesize the same JSON. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { appsOf, codeBlocks, readStacks } from "./dialects";
import { commandsOf, folderWithNpx, initProject, mustRun } from "./init-projects";
import { emptyFolder, ROOT } from "./projects";

const GENERATED = join(ROOT, ".cache", "languages", "generated");
const PATH = [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);
const VENDORS = ["kandji", "6sense"];
/** The bucket of 6sense's example has a dot, which a new project has only where it is asked for. */
const EXAMPLE_BUCKET: Readonly<Record<string, readonly string[]>> = { "6sense": ["--bucket", "acme.6sense.staging"] };
const PEERS = ["cdktf", "@cdktf/provider-aws"];
/** Runs programs in one process, because loading the provider's classes takes most of the time; then reads the message of a mistake. */
const DRIVER = `
import os, runpy, sys
for name in sys.argv[1:]:
    runpy.run_path(name + ".py")
    os.rename("cdktf.out", os.path.join(name, "cdktf.out"))

from cdktf import App, TerraformStack
from cdktf_vendor_destination import SixSenseDataPacks, SixSenseDestination
try:
    SixSenseDestination(
        TerraformStack(App(), "s"), "D", bucket_name="acme-logs", region="eu-south-1",
        vendor_role_arn="arn:aws:iam::222222222222:role/r", data_packs=SixSenseDataPacks(file_path="d"),
    )
except RuntimeError as error:
    print(error)
`;

let environment: { readonly python: string } | { readonly unavailable: string };
let folder: string;
/** What the examples in TypeScript synthesize. */
let examples: string;
let printed: string;
/** Projects that `init` writes, whose programs the driver runs with the others. */
const projects = new Map<string, string>();

beforeAll(() => {
  environment = JSON.parse(
    execFileSync("node", ["scripts/languages/package.mjs"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n").at(-1)!,
  );
  if ("unavailable" in environment) return;
  folder = emptyFolder();
  const page = codeBlocks(join(ROOT, "docs", "languages.md"), "python");
  const readme = codeBlocks(join(GENERATED, "python", "README.md"), "python").filter((code) => code.includes("app.synth()"));
  for (const vendor of VENDORS) projects.set(vendor, initProject(vendor, "--dialect", "python", ...(EXAMPLE_BUCKET[vendor] ?? [])));
  const written = [...projects.values()].map((project) => readFileSync(join(project, "main.py"), "utf8"));
  const programs = [...page, ...readme, ...written];
  for (const [index, code] of programs.entries()) {
    writeFileSync(join(folder, `program${index}.py`), code);
    mkdirSync(join(folder, `program${index}`));
  }
  writeFileSync(join(folder, "driver.py"), DRIVER);
  const names = programs.map((_, index) => `program${index}`);
  const run = spawnSync(environment.python, ["driver.py", ...names], { cwd: folder, encoding: "utf8", env: { ...process.env, PATH } });
  expect(run.status, run.stderr).toBe(0);
  printed = run.stdout;
  for (const [index, project] of [...projects.values()].entries()) {
    renameSync(join(folder, `program${page.length + readme.length + index}`, "cdktf.out"), join(project, "cdktf.out"));
  }
  examples = emptyFolder();
  execFileSync("tsx", [join(ROOT, "examples", "main.ts")], {
    cwd: ROOT,
    env: { ...process.env, PATH, CDKTF_OUTDIR: join(examples, "cdktf.out") },
  });
});

describe("Python", () => {
  test("the program of the page about languages synthesizes what the examples in TypeScript do", ({ skip }) => {
    if ("unavailable" in environment) return skip(environment.unavailable);
    const stacks = readStacks(join(folder, "program0"));

    expect(Object.keys(stacks)).toEqual(["kandji", "sixsense"]);
    expect(stacks).toEqual(readStacks(examples));
    const checked = spawnSync("node", [join(ROOT, "program", "index.js"), "check", join(folder, "program0", "cdktf.out")], {
      encoding: "utf8",
    });
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
  });

  test("the programs of the README, as translated for PyPI, synthesize what the originals do", ({ skip }) => {
    if ("unavailable" in environment) return skip(environment.unavailable);
    const originals = appsOf(join(ROOT, "README.md"));

    for (const [index, code] of originals.entries()) {
      const project = emptyFolder();
      const modules = [["cdktf-vendor-destination", ROOT], ...PEERS.map((name) => [name, join(ROOT, "node_modules", name)])];
      const resolved = modules.reduce((text, [name, path]) => text.replaceAll(`require("${name}`, `require("${path}`), code);
      writeFileSync(join(project, "main.js"), resolved);
      execFileSync("node", ["--no-deprecation", "main.js"], { cwd: project, env: { PATH }, stdio: "pipe" });

      expect(readStacks(join(folder, `program${index + 1}`), folder)).toEqual(readStacks(project));
    }
    expect(originals.length).toBe(2);
  });

  test.for(VENDORS)("init %s --dialect python writes the example, and every command of its page works", (vendor, { skip }) => {
    if ("unavailable" in environment) return skip(environment.unavailable);
    const project = projects.get(vendor)!;
    const env = {
      // Everything that the project requires is installed: nothing is fetched.
      PIP_NO_INDEX: "1",
      PATH: [folderWithNpx(), dirname(environment.python), process.env.PATH].join(delimiter),
    };

    const [[id, stack]] = Object.entries(readStacks(project)) as [[string, any]];

    expect(stack).toEqual(readStacks(examples)[id]);
    const { commands, steps } = commandsOf(project);
    expect(steps.every((step) => commands.includes(step))).toBe(true);
    // The driver has run the program.
    expect(commands).toContain("python main.py");
    for (const command of commands.filter((line) => line !== "python main.py")) mustRun(command, project, env);
  });

  test("its page has no link that only the repository can follow", ({ skip }) => {
    if ("unavailable" in environment) return skip(environment.unavailable);
    const links = [...readFileSync(join(GENERATED, "python", "README.md"), "utf8").matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);

    expect(links).toContain("https://github.com/cdktf-vendor-destination/cdktf-vendor-destination/blob/main/docs/quick-start.md");
    expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
  });

  test("a mistake has the same text as in TypeScript", ({ skip }) => {
    if ("unavailable" in environment) return skip(environment.unavailable);

    expect(printed).toContain("UnsupportedRegion: 'region' must be one of the 17 Regions 6sense supports");
  });
});

test("the code for Java and Go is generated, with the package inside", ({ skip }) => {
  if ("unavailable" in environment) return skip(environment.unavailable);

  const java = join(GENERATED, "java", "src", "main", "java", "io", "github", "cdktf_vendor_destination");
  expect(readFileSync(join(java, "KandjiDestination.java"), "utf8")).toContain("class KandjiDestination");
  expect(readFileSync(join(GENERATED, "java", "pom.xml"), "utf8")).toContain("<artifactId>cdktf-vendor-destination</artifactId>");
  const go = join(GENERATED, "go", "vendordestination");
  expect(readFileSync(join(go, "go.mod"), "utf8")).toMatch(
    /^module github\.com\/cdktf-vendor-destination\/cdktf-vendor-destination-go\/vendordestination$/m,
  );
  expect(existsSync(join(go, "KandjiDestination.go"))).toBe(true);
});

test("the Python package is tested with the versions that the package for TypeScript is tested with", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const requirements = readFileSync(join(ROOT, "packages", "languages", "requirements.txt"), "utf8");

  for (const [python, npm] of [
    ["cdktf", "cdktf"],
    ["cdktf-cdktf-provider-aws", "@cdktf/provider-aws"],
    ["constructs", "constructs"],
  ]) {
    expect(requirements).toMatch(new RegExp(`^${python}==${devDependencies[npm!]}$`, "m"));
  }
});
