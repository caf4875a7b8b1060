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

function shell(command: string, cwd: string) {
  const env = { ...process.env, npm_config_audit: "false", npm_config_fund: "false", npm_config_update_notifier: "false", CI: "1" };
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
