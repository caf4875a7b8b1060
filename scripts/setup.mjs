// Installs the package's dependencies where they are missing or out of date. Plain Node.js: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BIN = join(ROOT, "node_modules", ".bin");

/** Installs what `package-lock.json` says, unless that is installed already. */
export function ensureInstalled() {
  install(ROOT, existsSync(join(BIN, "node")));
}

/** Installs what the lock file in one folder says into another one, unless that is installed already. */
export function ensureLocked(source, target) {
  mkdirSync(target, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(source, file), join(target, file));
  install(target, true);
}

function install(folder, complete) {
  const stamp = join(folder, "node_modules", ".installed-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock && complete) return;
  console.log("installing the dependencies (npm ci)");
  run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
  writeFileSync(stamp, lock);
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
  const windows = process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit", shell: windows, env: { ...toolEnvironment(), ...env } });
  if (error) console.error(error.message);
  return status ?? 1;
}

/** The environment of a command, which finds the Node.js and the tools that `package.json` names. */
export function toolEnvironment() {
  return { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}` };
}
