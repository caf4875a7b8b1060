/** What `init` writes works: every command of the README that it writes, and of the workflow, is run in a new project. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, pack, ROOT } from "./projects";

/** The commands in the blocks of shell in a page, in order. */
function commandsIn(page: string): string[] {
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block!.trim().split("\n"));
}

function shell(command: string, cwd: string, more: Readonly<Record<string, string>> = {}) {
  const env = {
    ...process.env,
    ...more,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    CI: "1",
  };
  return spawnSync(command, { cwd, encoding: "utf8", shell: true, env });
}

const LOCKED = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
let tarball: string;

beforeAll(() => {
  tarball = pack(ROOT);
});

describe.each([
  ["kandji", ["--bucket", "logs-of-acme", "--vendor-account-id", "333333333333", "--vendor-role-name", "delivery"]],
  ["6sense", []],
])("init %s", (vendor, options) => {
  test("writes a project of which every command works", () => {
    const folder = emptyFolder();
    const program = join(ROOT, "program", "index.js");
    const made = spawnSync(process.execPath, [program, "init", vendor, ...options], { cwd: folder, encoding: "utf8" });
    expect(made.status, made.stderr).toBe(0);
    const commands = commandsIn(readFileSync(join(folder, "README.md"), "utf8"));
    const workflow = readFileSync(join(folder, ".github", "workflows", "vendor-destination.yml"), "utf8");
    const steps = [...workflow.matchAll(/^ +- run: (.+)$/gm)].map(([, command]) => command!);
    expect(commands).toEqual(expect.arrayContaining(["npm install", "npm test", "npm run synth", "npm run check"]));
    expect(steps).toEqual(["npm ci", "npm test", "npm run synth"]);

    // The only changes: this package is not in the registry yet, and the newest Vite may need what a registry of copies does not have.
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    manifest.dependencies["cdktf-vendor-destination"] = `file:${tarball}`;
    manifest.overrides = { vite: LOCKED["node_modules/vite"].version };
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    // Terraform's commands are run by the end-to-end tests.
    for (const command of commands.filter((line) => !line.startsWith("terraform "))) {
      const run = shell(command, folder);
      expect(run.status, `${command}\n${run.stdout}\n${run.stderr}`).toBe(0);
    }
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    for (const command of steps) {
      const run = shell(command, folder);
      expect(run.status, `${command}\n${run.stdout}\n${run.stderr}`).toBe(0);
    }
    for (const command of commands.filter((line) => line.startsWith("terraform "))) {
      expect(existsSync(join(folder, /-chdir=(\S+)/.exec(command)![1]!, "cdk.tf.json")), command).toBe(true);
    }
  });
});

describe.each(["kandji", "6sense"])("init %s --dialect hcl", (vendor) => {
  test("writes a project of which every command works, with nothing but the program", () => {
    const folder = emptyFolder();
    const program = join(ROOT, "program", "index.js");
    const made = spawnSync(process.execPath, [program, "init", vendor, "--dialect", "hcl"], { cwd: folder, encoding: "utf8" });
    expect(made.status, made.stderr).toBe(0);
    expect(readFileSync(join(folder, "modules", vendor, "program", "index.js")).equals(readFileSync(program))).toBe(true);
    // The program is not in the registry yet: this npx runs the one of this repository, if it is asked for in its version.
    const bin = emptyFolder();
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const run = `exec "${process.execPath}" "${program}" "$@"`;
    writeFileSync(join(bin, "npx"), `#!/bin/sh\n[ "$1 $2" = "--yes vendor-destination@${version}" ] || exit 99\nshift 2\n${run}\n`, {
      mode: 0o755,
    });
    const workflow = readFileSync(join(folder, ".github", "workflows", "vendor-destination.yml"), "utf8");
    const steps = [...workflow.matchAll(/^ +- run: (.+)$/gm)].map(([, command]) => command!);
    const commands = commandsIn(readFileSync(join(folder, "README.md"), "utf8"));

    expect(steps).toEqual(["sh test.sh"]);
    expect(commands.filter((line) => !line.startsWith("terraform "))).toHaveLength(2);
    for (const command of [...commands, ...steps].filter((line) => !line.startsWith("terraform "))) {
      const { status, stdout, stderr } = shell(command, folder, { PATH: `${bin}:${process.env.PATH}` });
      expect(status, `${command}\n${stdout}\n${stderr}`).toBe(0);
    }

    // The test is one: it fails where the nearest request is allowed.
    const main = join(folder, "modules", vendor, "main.tf");
    writeFileSync(main, readFileSync(main, "utf8").replace('"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"'));
    expect(shell("sh test.sh", folder, { PATH: `${bin}:${process.env.PATH}` }).status).not.toBe(0);
  });
});
