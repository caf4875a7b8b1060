/**
 * Puts the emulator of AWS into a Python environment of its own, once: `.venv/` in the repository's root.
 *
 * localemu needs Python 3.13 or newer (`warnings.deprecated`) and breaks beside a `moto`, hence its own environment.
 *
 * Run it (`node test/emulator/install.mjs`) or import `ensureEmulator`. A stamp file, written last, says what is in the
 * environment; without it the folder is what an interrupted installation left, and is made anew.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { mkdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const LOCALEMU_VERSION = "1.3.2";

const REQUIREMENT = `localemu==${LOCALEMU_VERSION}`;
const OLDEST_PYTHON = "3.13";
const DEFAULT_FOLDER = fileURLToPath(new URL("../../.venv", import.meta.url));
const WINDOWS = process.platform === "win32";
const INSTALL_LIMIT_MS = 15 * 60_000;
const LOCK_STALE_MS = 15_000;

const run = promisify(execFile);
const running = new Map();

/** The Python that has localemu, installed first where it is not there yet; or, in one line, why there is none. */
export function ensureEmulator(folder = DEFAULT_FOLDER) {
  const path = resolve(folder);
  if (!running.has(path)) running.set(path, install(path));
  return running.get(path);
}

async function install(folder) {
  if (isReady(folder)) return { python: pythonOf(folder) };
  const python = await findPython();
  if (python.unavailable) return python;
  const release = await lock(folder);
  try {
    // Another process may have installed it while this one waited.
    if (isReady(folder)) return { python: pythonOf(folder) };
    await build(folder, python.command);
    return { python: pythonOf(folder) };
  } catch (error) {
    return { unavailable: `no emulator: ${REQUIREMENT} cannot be installed: ${lastLine(error)}` };
  } finally {
    await release();
  }
}

async function build(folder, python) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(python, ["-m", "venv", folder], { timeout: INSTALL_LIMIT_MS });
  // Compiling every file costs more processor time than what is loaded of them: Python compiles that when it is first imported.
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", REQUIREMENT];
  await run(pythonOf(folder), pip, { timeout: INSTALL_LIMIT_MS, maxBuffer: 64 << 20 });
  await run(pythonOf(folder), ["-c", "import localemu.runtime.main, localemu.services.s3.provider"], { timeout: INSTALL_LIMIT_MS });
  const unfinished = `${stampOf(folder)}.${process.pid}`;
  await writeFile(unfinished, REQUIREMENT);
  await rename(unfinished, stampOf(folder));
}

function isReady(folder) {
  return existsSync(pythonOf(folder)) && existsSync(stampOf(folder)) && readFileSync(stampOf(folder), "utf8") === REQUIREMENT;
}

function pythonOf(folder) {
  return WINDOWS ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

function stampOf(folder) {
  return join(folder, "installed");
}

/** Each candidate is run: a version manager's `python3.13` may exist and only say that it is not selected. */
async function findPython() {
  const chosen = process.env.VENDOR_DESTINATION_PYTHON;
  const candidates = chosen ? [chosen] : await pythonCandidates();
  for (const command of candidates) {
    if (await hasWhatIsNeeded(command)) return { command };
  }
  return {
    unavailable: chosen
      ? `no emulator: VENDOR_DESTINATION_PYTHON must be Python ${OLDEST_PYTHON} or newer, got ${JSON.stringify(chosen)}`
      : `no emulator: it needs Python ${OLDEST_PYTHON} or newer, and none was found; install one, or set VENDOR_DESTINATION_PYTHON to its path`,
  };
}

async function pythonCandidates() {
  const names = ["python3.14", "python3.13", "python3", "python"];
  return [...names, ...(await underPyenv())];
}

/** The interpreters that pyenv has but does not show, newest first. */
async function underPyenv() {
  const root = process.env.PYENV_ROOT ?? (await output("pyenv", ["root"])) ?? "";
  const versions = join(root, "versions");
  if (root === "" || !existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => /^3\.\d+/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((name) => (WINDOWS ? join(versions, name, "python.exe") : join(versions, name, "bin", "python3")));
}

/** Asks for what localemu and its installation import, not for a version. */
async function hasWhatIsNeeded(command) {
  return (await output(command, ["-c", "import ensurepip, venv; from warnings import deprecated; print('ok')"])) === "ok";
}

async function output(command, args) {
  try {
    return (await run(command, args, { timeout: INSTALL_LIMIT_MS })).stdout.trim();
  } catch {
    return undefined;
  }
}

/**
 * One installation at a time for a folder. Its owner keeps the lock's time fresh; a lock that has grown old is a dead owner's and is
 * taken over. The lock lies outside the folder, which is emptied.
 */
async function lock(folder) {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const path = join(tmpdir(), `vendor-destination-emulator-${name}.lock`);
  while (!(await created(path))) {
    if (await isAbandoned(path)) await rm(path, { force: true });
    else await sleep(200);
  }
  const heartbeat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => {}), LOCK_STALE_MS / 5);
  return async () => {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  };
}

async function created(path) {
  try {
    await writeFile(path, "", { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

async function isAbandoned(path) {
  const status = await stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > LOCK_STALE_MS;
}

function lastLine(error) {
  const text = String(error.stderr || error.message || error).trim();
  return text.split(/\r?\n/).filter((line) => line.trim() !== "").pop() ?? "no reason given";
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensureEmulator(process.argv[2]).then(({ python, unavailable }) => {
    console.log(python ?? unavailable);
    process.exitCode = python ? 0 : 1;
  });
}
