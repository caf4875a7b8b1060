// Installs the package's dependencies where they are missing or out of date. Plain Node.js: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BIN = join(ROOT, "node_modules", ".bin");
const STAMP = join(ROOT, "node_modules", ".installed-lock");

/** Installs what `package-lock.json` says, unless that is installed already. */
export function ensureInstalled() {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock && existsSync(join(BIN, "node"))) return;
  console.log("installing the dependencies (npm ci)");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(STAMP, lock);
}

/** Runs a command in the repository, with the Node.js and the tools that `package.json` names; ends the process where it fails. */
export function run(command, args, options = {}) {
  const status = tryRun(command, args, options);
  if (status !== 0) {
    console.error(`failed: ${[command, ...args].join(" ")} (exit code ${status})`);
    process.exit(1);
  }
}

/** As `run`, but answers with the exit code. */
export function tryRun(command, args, { env = {}, cwd = ROOT } = {}) {
  const PATH = `${BIN}${delimiter}${process.env.PATH}`;
  const windows = process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit", shell: windows, env: { ...process.env, PATH, ...env } });
  if (error) console.error(error.message);
  return status ?? 1;
}
