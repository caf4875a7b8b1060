/** What a release needs: one version in all files, a change log, an API that breaks nobody unnoticed, and a workflow that publishes what was built. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PLACES, problems, writeVersion } from "../../scripts/release/versions.mjs";

const ROOT = join(__dirname, "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const MANIFEST = JSON.parse(read("package.json"));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vendor-destination-release-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the version", () => {
  /** A copy of the files that name it. */
  function copy(): string {
    for (const path of ["package.json", "CHANGELOG.md", ...PLACES.map(({ path }) => path)]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(ROOT, path), join(folder, path));
    }
    return folder;
  }

  test("is the same in all files that name it, and the change log begins with it", () => {
    expect(problems(ROOT)).toEqual([]);
  });

  test.each([...PLACES.map(({ path }) => path), "CHANGELOG.md"])("fails the check where %s names another one", (path) => {
    const text = readFileSync(join(copy(), path), "utf8");
    writeFileSync(join(folder, path), text.replaceAll(MANIFEST.version, "9.8.7"));

    expect(problems(folder)).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(`^${path} .*9\\.8\\.7`))]));
  });

  test("is written into all of them, with the day into the change log", () => {
    writeFileSync(join(copy(), "package.json"), JSON.stringify({ ...MANIFEST, version: "9.8.7" }));

    writeVersion(folder, "2027-01-31");

    expect(problems(folder)).toEqual([]);
    expect(readFileSync(join(folder, "CHANGELOG.md"), "utf8")).toContain("## 9.8.7 (2027-01-31)\n");
    expect(() => writeVersion(folder, "2027-01-31")).toThrow("unreleased");
  });
});

test("the change log has its versions in descending order, each with its day, and only the newest unreleased", () => {
  const headings = [...read("CHANGELOG.md").matchAll(/^## (.+)$/gm)].map((match) => match[1]!);
  const versions = headings.map((heading) => /^(\d+)\.(\d+)\.(\d+) \((unreleased|\d{4}-\d\d-\d\d)\)$/.exec(heading));
  const order = versions.map((parts) => Number(parts![1]) * 1e6 + Number(parts![2]) * 1e3 + Number(parts![3]));

  expect(versions.length).toBeGreaterThan(0);
  expect(order).toEqual([...order].sort((a, b) => b - a));
  expect(versions.slice(1).filter((parts) => parts![4] === "unreleased")).toEqual([]);
});

describe("the API", () => {
  function apiDiff(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number | null; output: string }> {
    const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
    const run = spawn(process.execPath, ["scripts/release/api-diff.mjs", ...args], { cwd: ROOT, env: { ...process.env, PATH, ...env } });
    let output = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (output += chunk));
    return new Promise((ended) => run.on("close", (status) => ended({ status, output })));
  }

  /** A registry that answers every request with this status. */
  async function withRegistry(status: number, ask: (registry: string) => Promise<void>): Promise<void> {
    const server = createServer((_, response) => response.writeHead(status, { "Content-Type": "application/json" }).end("{}"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
  }

  /** An older package with the API of today, changed. */
  function older(change: (types: Record<string, any>) => void): string {
    const assembly = JSON.parse(read(".jsii"));
    change(assembly.types);
    writeFileSync(join(folder, ".jsii"), JSON.stringify(assembly));
    writeFileSync(join(folder, "package.json"), read("package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    return folder;
  }

  const KANDJI = "cdktf-vendor-destination.KandjiDestinationProps";

  test("says that there is no release yet, and passes", async () => {
    await withRegistry(404, async (npm_config_registry) => {
      const { status, output } = await apiDiff([], { npm_config_registry });

      expect(output).toContain("has no release yet");
      expect(status).toBe(0);
    });
  });

  test("fails where the registry does not tell whether there is a release", async () => {
    await withRegistry(401, async (npm_config_registry) => {
      const { status, output } = await apiDiff([], { npm_config_registry });

      expect(output).toContain("does not tell the last release");
      expect(status).toBe(1);
    });
  });

  test("fails where a prop of the last release is gone, and names it", async () => {
    const { status, output } = await apiDiff([
      older((types) => types[KANDJI].properties.push({ ...types[KANDJI].properties[0], name: "goneProp", optional: true })),
    ]);

    expect(output).toMatch(/goneProp.* removed/);
    expect(status).not.toBe(0);
  });

  test("passes where an optional prop is new", async () => {
    const isOptional = ({ optional }: { optional?: boolean }) => optional;
    const { status, output } = await apiDiff([
      older((types) => types[KANDJI].properties.splice(types[KANDJI].properties.findIndex(isOptional), 1)),
    ]);

    expect(status, output).toBe(0);
  });
});

describe("the workflow", () => {
  const workflow = read(".github/workflows/release.yml");
  const jobs: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    workflow
      .split(/^ {2}(?=[a-z]+:$)/m)
      .slice(1)
      .map((text) => [text.slice(0, text.indexOf(":")), text]),
  );

  test("publishes every npm package that `npm run pack` writes, with provenance, and the modules", () => {
    const packed = ["vendor-destination", "cdktf-vendor-destination", "cdktn-vendor-destination"];

    expect(workflow).toContain(`for name in ${packed.join(" ")}; do\n`);
    expect(workflow.match(/npm publish .*/g)).toEqual(['npm publish --provenance --access public "$file"']);
    expect(workflow).toContain("packages/terraform-modules-${GITHUB_REF_NAME#v}.tgz\n");
    expect(read("scripts/pack.mjs")).toContain("for (const cwd of [ROOT, CDKTN_PACKAGE, program])");
  });

  test("publishes the Python package that `npm run pack:python` writes, with PyPI's own action", () => {
    const { build, pypi } = jobs;

    expect(build).toContain("- run: npm run pack:python\n");
    expect(build).toContain("with: { name: python, path: .cache/packed-python,");
    expect(pypi).toContain("with: { name: python, path: dist }\n      - uses: pypa/gh-action-pypi-publish@");
    expect(read("scripts/languages/pack.mjs")).toContain('join(ROOT, ".cache", "packed-python")');
  });

  describe.skipIf(process.platform === "win32")("run again after it failed halfway", () => {
    /** Runs the script of a job as GitHub does, with a stub of the program that it calls. */
    function runJob(job: string, stub: { readonly name: string; readonly script: string }) {
      const [, script] = /^ {6}- run: \|\n((?: {10}.*\n)+)/m.exec(jobs[job]!)!;
      mkdirSync(join(folder, "packages"));
      for (const name of PACKED) writeFileSync(join(folder, "packages", `${name}-1.2.3.tgz`), name);
      writeFileSync(join(folder, stub.name), `#!/bin/sh\necho "$*" >> calls\n${stub.script}\n`, { mode: 0o755 });
      const PATH = [folder, process.env.PATH].join(delimiter);
      const env = { ...process.env, PATH, GITHUB_REF_NAME: "v1.2.3", GITHUB_REPOSITORY: "o/r" };
      const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script!], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      return { status, stdout, calls: readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n") };
    }

    const PACKED = ["vendor-destination", "cdktf-vendor-destination", "cdktn-vendor-destination"];
    const publishing = (name: string) => `publish --provenance --access public packages/${name}-1.2.3.tgz`;
    const integrity = (text: string) => `sha512-${createHash("sha512").update(text).digest("base64")}`;
    const npm = (answer: string) => ({ name: "npm", script: `[ "$1" != view ] || { ${answer} ; }` });

    test("publishes what the registry does not know", () => {
      const { status, calls } = runJob("npm", npm("echo 'npm error code E404' >&2; exit 1"));

      expect(calls.filter((call) => call.startsWith("publish"))).toEqual(PACKED.map(publishing));
      expect(status).toBe(0);
    });

    test("leaves out what is published", () => {
      const published = `case "$2" in vendor-destination@1.2.3) echo ${integrity("vendor-destination")};; esac`;
      const { status, calls } = runJob("npm", npm(published));

      expect(calls.filter((call) => call.startsWith("publish"))).toEqual(PACKED.slice(1).map(publishing));
      expect(status).toBe(0);
    });

    test("fails where the version was published with other content", () => {
      const { status, stdout, calls } = runJob("npm", npm(`echo ${integrity("other")}`));

      expect(stdout).toContain("::error::vendor-destination@1.2.3 is published with other content");
      expect(calls.filter((call) => call.startsWith("publish"))).toEqual([]);
      expect(status).toBe(1);
    });

    test("replaces the modules of a release of GitHub that is there, and creates none twice", () => {
      const modules = "packages/terraform-modules-1.2.3.tgz";

      expect(runJob("github", { name: "gh", script: "" }).calls.at(-1)).toBe(`release upload v1.2.3 --repo o/r --clobber ${modules}`);
    });

    test("creates the release of GitHub where there is none", () => {
      const { calls } = runJob("github", { name: "gh", script: '[ "$2" != view ]' });

      expect(calls.at(-1)).toMatch(/^release create v1\.2\.3 .*--verify-tag .*terraform-modules-1\.2\.3\.tgz$/);
    });

    test("skips the files that PyPI has", () => {
      expect(jobs.pypi).toMatch(/gh-action-pypi-publish@\w+ # v\S+\n {8}with: \{ skip-existing: true \}\n/);
    });
  });

  test("grants each job no more than it needs, and has no token of a registry", () => {
    const granted = Object.entries(jobs).map(([name, job]) => [
      name,
      [...job!.matchAll(/^ {6}([\w-]+: write)/gm)].map(([, right]) => right),
    ]);

    expect(Object.fromEntries(granted)).toEqual({
      build: [],
      npm: ["id-token: write"],
      pypi: ["id-token: write"],
      github: ["contents: write"],
      site: ["pages: write", "id-token: write"],
    });
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n/m);
    expect(workflow).not.toMatch(/_TOKEN: (?!"\$\{\{ github\.token \}\}")|NODE_AUTH|password|secrets\./);
  });

  test("runs code of the repository in the job without rights only, after its tests", () => {
    for (const [name, job] of Object.entries(jobs)) {
      if (name === "build") continue;
      expect(job).not.toMatch(/checkout@|npm (ci|install|run)|node /);
      expect(job).toMatch(/^ {4}needs: /m);
    }
    expect(jobs.build!.indexOf("run: .ci/run\n")).toBeGreaterThan(0);
    expect(jobs.build!.indexOf("run: .ci/run\n")).toBeLessThan(jobs.build!.indexOf("run: npm run pack"));
  });

  test.each(["ci", "nightly", "release"])("%s runs only scripts that exist", (name) => {
    const text = read(`.github/workflows/${name}.yml`);
    const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
    const files = [...text.matchAll(/(?:run: |node )(\.ci\/run|scripts\/\S+)/g)].map((match) => match[1]!);

    expect(scripts.filter((script) => MANIFEST.scripts[script] === undefined)).toEqual([]);
    expect(scripts.length + files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe("workflows and the action", () => {
  const files = [...readdirSync(join(ROOT, ".github", "workflows")).map((name) => join(".github", "workflows", name)), "action.yml"];
  const usesOf = (path: string) => [...read(path).matchAll(/\buses: (.+)$/gm)].map((match) => match[1]!);

  test.each(files)("%s pins each action by the hash of a commit, with its version", (path) => {
    expect(usesOf(path).filter((uses) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))).toEqual([]);
  });

  test("all take the same commit of an action", () => {
    const pins = new Set(files.flatMap(usesOf));
    const names = [...pins].map((uses) => uses.split("@")[0]!);

    expect(names).toEqual([...new Set(names)]);
  });

  test.each(files.filter((path) => path !== "action.yml"))("%s gives forks no rights and no secrets", (path) => {
    expect(read(path)).toMatch(/^permissions:\n {2}contents: read\n/m);
    expect(read(path)).not.toMatch(/pull_request_target|workflow_run|secrets\./);
    expect(read(path).match(/persist-credentials: false/g)?.length).toBe(read(path).match(/actions\/checkout@/g)?.length);
  });
});
