/** The package `vendor-destination` as users get it: packed, installed into empty projects by several package managers, and run. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { BY_HAND } from "../cli/example-plans";
import { MANAGERS, managedProject, runIn } from "./managers";
import { emptyFolder, filesOf, NODES, pack, ROOT } from "./projects";

const CHECK = ["check", "--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity"];

let tarball: string;

beforeAll(() => {
  const folder = emptyFolder();
  execFileSync("node", ["-e", WRITE, folder], { cwd: ROOT });
  tarball = pack(folder);
});

const WRITE = 'import("./scripts/program-package.mjs").then(({ writeProgramPackage }) => writeProgramPackage(process.argv[1]))';

/** A folder of an empty project with a destination that was written by hand. */
function project(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "customer", private: true }));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(BY_HAND));
  return folder;
}

test("holds the program, its notices, the schemas, and nothing else", () => {
  expect(filesOf(tarball)).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE.txt",
    "README.md",
    "index.js",
    "package.json",
    ...readdirSync(join(ROOT, "schemas")).map((name) => `schemas/${name}`),
  ]);
});

test("is the same program as the one that the hook runs, of the same version", () => {
  const folder = emptyFolder();
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1"], { cwd: folder });
  const { name, version, ...manifest } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const constructs = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  expect(readFileSync(join(folder, "index.js")).equals(readFileSync(join(ROOT, "program", "index.js")))).toBe(true);
  expect({ name, version }).toEqual({ name: "vendor-destination", version: constructs.version });
  expect(Object.keys(manifest).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
  expect(manifest.bin).toEqual(constructs.bin && { "vendor-destination": "index.js" });
});

test("its page links to nothing that it does not hold", () => {
  const page = readFileSync(join(ROOT, "packages", "vendor-destination", "README.md"), "utf8");
  const links = [...page.matchAll(/\]\(([^)#\s]+)/g)].map((match) => match[1]!);

  expect(links.filter((link) => !link.startsWith("https://"))).toEqual([]);
  const inRepository = links.flatMap((link) => link.match(/\/blob\/main\/(.+)$/)?.[1] ?? []);
  expect(inRepository.length).toBeGreaterThan(2);
  expect(inRepository.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("every package whose code is in the bundle is in the notices, with the text of its licence", () => {
  const notices = readFileSync(join(ROOT, "program", "NOTICE.txt"), "utf8");
  const sections = notices.split(/^-{80}$/m);

  for (const name of ["commander", "@smithy/core", "@aws-sdk/client-s3"]) expect(notices).toMatch(new RegExp(`^${name} \\d`, "m"));
  expect(sections.filter((section) => !/permission is hereby granted|apache license|redistribution and use/i.test(section))).toEqual([]);
});

describe("npm", () => {
  test("installs one package without dependencies, peers and install scripts", () => {
    const folder = project();

    runIn(folder, "npm", ["install", "--no-audit", "--no-fund", "--silent", tarball]);

    const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
    expect(Object.keys(packages)).toEqual(["", "node_modules/vendor-destination"]);
    expect(packages["node_modules/vendor-destination"].hasInstallScript).toBeUndefined();
    const checked = runIn(folder, "npx", ["--no-install", "vendor-destination", ...CHECK]);
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
  });

  test("runs it in a folder that has no package.json", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(BY_HAND));

    const checked = runIn(folder, "npx", ["--yes", `--package=${tarball}`, "vendor-destination", ...CHECK]);

    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    expect(existsSync(join(folder, "node_modules"))).toBe(false);
  });

  test.each(NODES)("installs what runs on %s", (_, node) => {
    const folder = project();
    runIn(folder, "npm", ["install", "--no-audit", "--no-fund", "--silent", tarball]);

    const checked = runIn(folder, node, [join("node_modules", "vendor-destination", "index.js"), ...CHECK]);

    expect(checked.stderr).toBe("");
    expect(checked.status, checked.stdout).toBe(0);
  });
});

describe.each(MANAGERS)("$name", (manager) => {
  test("installs one package and runs it", ({ skip }) => {
    const managed = managedProject(manager, { "vendor-destination": `file:${tarball}` });
    if (typeof managed === "string") return skip(managed);
    writeFileSync(join(managed.folder, "main.tf.json"), JSON.stringify(BY_HAND));

    const installed = managed.install();

    expect(installed.status, installed.stdout + installed.stderr).toBe(0);
    const checked = managed.exec("vendor-destination", ...CHECK);
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    expect(checked.stdout).toContain("Kandji");
    expect(existsSync(join(managed.folder, ".pnp.cjs"))).toBe(manager.bin === "yarn");
  });
});
