// Compares the API with the last release by jsii-diff, and fails where something that users have is gone or changed: `npm run api:diff`, or
// `npm run api:diff -- FOLDER` for an older package in a folder. The library must be built.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ROOT, tryRun } from "../setup.mjs";

const PACKAGE = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).name;
const temporary = mkdtempSync(join(tmpdir(), "api-diff-"));

try {
  process.exitCode = compareWith(process.argv[2] === undefined ? lastRelease() : resolve(process.argv[2]));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function compareWith(older) {
  if (older === undefined) {
    console.log(`${PACKAGE} has no release yet: there is nothing to compare the API with`);
    return 0;
  }
  // jsii-diff looks for the peers below each package.
  const modules = join(older, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(ROOT, "node_modules"), modules, "junction");
  return tryRun("jsii-diff", ["--error-on", "all", older, ROOT]);
}

/** The last release in a folder; undefined where the registry says that there is none. */
function lastRelease() {
  const viewed = npm("view", PACKAGE, "version", "--loglevel=error");
  if (viewed.status !== 0 && /\bE404\b/.test(viewed.stderr + viewed.stdout)) return undefined;
  if (viewed.status !== 0) throw new Error(`the registry does not tell the last release:\n${viewed.stderr}`);
  const packed = npm("pack", `${PACKAGE}@${viewed.stdout.trim()}`, "--pack-destination", temporary, "--loglevel=error");
  const tarball = readdirSync(temporary).find((file) => file.endsWith(".tgz"));
  if (packed.status !== 0 || tarball === undefined) throw new Error(`the last release cannot be had:\n${packed.stderr}`);
  const { status } = spawnSync("tar", ["-xzf", tarball], { cwd: temporary, stdio: "inherit" });
  if (status !== 0) throw new Error("the last release cannot be unpacked");
  return join(temporary, "package");
}

function npm(...args) {
  return spawnSync("npm", args, { cwd: temporary, encoding: "utf8", shell: process.platform === "win32" });
}
