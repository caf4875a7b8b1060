/** Projects that `init` writes, and their commands. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { emptyFolder, ROOT } from "./projects";

export const PROGRAM = join(ROOT, "program", "index.js");

/** A new project in a folder of its own. */
export function initProject(...argv: string[]): string {
  const folder = emptyFolder();
  const made = spawnSync(process.execPath, [PROGRAM, "init", ...argv], { cwd: folder, encoding: "utf8" });
  expect(made.status, made.stderr).toBe(0);
  return folder;
}

/** The commands of a project: those of its page, without Terraform's, which the end-to-end tests run, and the steps of its workflow. */
export function commandsOf(folder: string) {
  const page = readFileSync(join(folder, "README.md"), "utf8");
  const all = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block!.trim().split("\n"));
  const workflow = readFileSync(join(folder, ".github", "workflows", "vendor-destination.yml"), "utf8");
  const isTerraform = (line: string) => line.startsWith("terraform ");
  return {
    commands: all.filter((line) => !isTerraform(line)),
    terraform: all.filter(isTerraform),
    steps: [...workflow.matchAll(/^ +- run: (.+)$/gm)].map(([, command]) => command!),
  };
}

export function shell(command: string, cwd: string, more: Readonly<Record<string, string>> = {}) {
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

export function mustRun(command: string, cwd: string, more: Readonly<Record<string, string>> = {}): void {
  const { status, stdout, stderr } = shell(command, cwd, more);
  expect(status, `${command}\n${stdout}\n${stderr}`).toBe(0);
}

/** A folder with an npx for the program, which is not in the registry yet: it runs the one of this repository, if it is asked for in its version. */
export function folderWithNpx(): string {
  const bin = emptyFolder();
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const run = `exec "${process.execPath}" "${PROGRAM}" "$@"`;
  writeFileSync(join(bin, "npx"), `#!/bin/sh\n[ "$1 $2" = "--yes vendor-destination@${version}" ] || exit 99\nshift 2\n${run}\n`, {
    mode: 0o755,
  });
  return bin;
}
