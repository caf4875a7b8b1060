/** What `init` writes works: every command of the README that it writes, and of the workflow, is run in a new project. `python.test.ts` has those in Python. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { CDKTF, CDKTN, type Dialect } from "./dialects";
import { commandsOf, folderWithNpx, initProject, mustRun, PROGRAM, shell } from "./init-projects";
import { pack, ROOT } from "./projects";

const LOCKED = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
let tarball: string;

beforeAll(() => {
  tarball = pack(ROOT);
});

interface Project {
  readonly folder: string;
  /** The package that the project is about. */
  readonly name: string;
  readonly packed: string;
  /** A project with the same workflow and the same dependencies, whose test runs the steps of the workflow. */
  readonly sameWorkflowAs?: string;
  /** What a test changes in the manifest. */
  readonly change?: (manifest: any) => void;
}

/** Runs every command of a project in TypeScript. */
function runAll({ folder, name, packed, sameWorkflowAs, change = () => {} }: Project): void {
  const { commands, terraform, steps } = commandsOf(folder);
  expect(commands).toEqual(expect.arrayContaining(["npm install", "npm test", "npm run synth", "npm run check"]));
  expect(steps).toEqual(["npm ci", "npm test", "npm run synth"]);
  // The only changes: this package is not in the registry yet, and the newest Vite may need what a registry of copies does not have.
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  manifest.dependencies[name] = `file:${packed}`;
  manifest.overrides = { vite: LOCKED["node_modules/vite"].version };
  change(manifest);
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  for (const command of commands) mustRun(command, folder);
  if (sameWorkflowAs === undefined) {
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    for (const command of steps) mustRun(command, folder);
  } else expect(steps).toEqual(commandsOf(sameWorkflowAs).steps);
  for (const command of terraform) {
    expect(existsSync(join(folder, /-chdir=(\S+)/.exec(command)![1]!, "cdk.tf.json")), command).toBe(true);
  }
}

/** The framework as it is installed already: its download would take minutes and prove nothing. */
function linked(manifest: any, { peers, modules }: Dialect): void {
  for (const peer of peers) manifest.dependencies[peer] = `file:${join(modules, peer)}`;
}

describe("init", () => {
  const OPTIONS = ["--bucket", "logs-of-acme", "--vendor-account-id", "333333333333", "--vendor-role-name", "delivery"];

  test("kandji writes a project of which every command works, with the framework from the registry", () => {
    runAll({ folder: initProject("kandji", ...OPTIONS), name: CDKTF.name, packed: tarball });
  });

  test("6sense writes a project of which every command works", () => {
    runAll({
      folder: initProject("6sense"),
      name: CDKTF.name,
      packed: tarball,
      sameWorkflowAs: initProject("kandji", ...OPTIONS),
      change: (manifest) => linked(manifest, CDKTF),
    });
  });

  test("6sense requires what kandji requires, so that one download proves both", () => {
    const [kandji, sixSense] = [initProject("kandji", ...OPTIONS), initProject("6sense")].map((folder) => {
      const { name, ...manifest } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return manifest;
    });

    expect(sixSense).toEqual(kandji);
    expect(Object.keys(kandji.dependencies)).toEqual(expect.arrayContaining([...CDKTF.peers, CDKTF.name]));
  });
});

describe.each([
  { vendor: "kandji", sameWorkflowAs: undefined },
  { vendor: "6sense", sameWorkflowAs: "kandji" },
])("init $vendor --dialect cdktn", ({ vendor, sameWorkflowAs }) => {
  test("writes a project of which every command works", () => {
    runAll({
      folder: initProject(vendor, "--dialect", "cdktn"),
      name: CDKTN.name,
      packed: pack(join(ROOT, ".cache", "cdktn", "package")),
      ...(sameWorkflowAs && { sameWorkflowAs: initProject(sameWorkflowAs, "--dialect", "cdktn") }),
      change: (manifest) => linked(manifest, CDKTN),
    });
  });
});

describe.each(["kandji", "6sense"])("init %s --dialect hcl", (vendor) => {
  test("writes a project of which every command works, with nothing but the program", () => {
    const folder = initProject(vendor, "--dialect", "hcl");
    expect(readFileSync(join(folder, "modules", vendor, "program", "index.js")).equals(readFileSync(PROGRAM))).toBe(true);
    const bin = folderWithNpx();
    const { commands, steps } = commandsOf(folder);

    expect(steps).toEqual(["sh test.sh"]);
    expect(commands).toHaveLength(2);
    for (const command of [...commands, ...steps]) mustRun(command, folder, { PATH: `${bin}:${process.env.PATH}` });

    // The test is one: it fails where the nearest request is allowed.
    const main = join(folder, "modules", vendor, "main.tf");
    writeFileSync(main, readFileSync(main, "utf8").replace('"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"'));
    expect(shell("sh test.sh", folder, { PATH: `${bin}:${process.env.PATH}` }).status).not.toBe(0);
  });
});
