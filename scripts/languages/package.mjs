// Generates the package for Python, with the code for Java and Go beside it, and builds its wheel. Does nothing where nothing has changed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "../build.mjs";
import { ensureLocked, ROOT, run, tryRun } from "../setup.mjs";

const SOURCE = join(ROOT, "packages", "languages");
/** What is generated and installed here. */
export const HOME = join(ROOT, ".cache", "languages");
const REQUIREMENTS = join(SOURCE, "requirements.txt");
const ENVIRONMENT = join(HOME, "venv");
const BIN = join(ENVIRONMENT, process.platform === "win32" ? "Scripts" : "bin");
const OLDEST_PYTHON = "3.10";
const REPOSITORY = "https://github.com/cdktf-vendor-destination/cdktf-vendor-destination";

/** The folder that holds the wheel once the package is built. */
export const WHEELS = join(HOME, "wheels");

/** What pacmak wrote: one folder a language. */
export const GENERATED = join(HOME, "generated");

/** The Python of an environment with the package installed; or why there is none. */
export function ensurePythonPackage() {
  const environment = ensureEnvironment();
  if (environment.unavailable) return environment;
  generate();
  rmSync(WHEELS, { recursive: true, force: true });
  const pip = (...args) => run(environment.python, ["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", ...args]);
  pip("wheel", "--no-deps", "--wheel-dir", WHEELS, join(GENERATED, "python"));
  pip("uninstall", "--yes", "cdktf-vendor-destination");
  // Nothing is fetched: what the wheel requires must be met by what is pinned.
  pip("install", "--no-index", "--no-compile", join(WHEELS, readdirSync(WHEELS)[0]));
  return environment;
}

/** Generates the package for every language. Does nothing where nothing has changed. */
export function generate() {
  ensureBuilt();
  ensureLocked(SOURCE, HOME);
  const built = readFileSync(join(ROOT, ".cache", "built"), "utf8");
  const inputs = [join(SOURCE, "package-lock.json"), join(ROOT, "README.md"), import.meta.filename];
  const wanted = hashOf(built, ...inputs.map((path) => readFileSync(path)));
  const stamp = join(GENERATED, "generated");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(GENERATED, { recursive: true, force: true });
  const tablet = join(HOME, "examples.tabl.json");
  // Examples become those of the language. One that cannot be translated fails.
  const earlier = join(ROOT, ".jsii.tabl.json");
  const cached = existsSync(earlier) ? ["--cache-from", earlier] : [];
  run("jsii-rosetta", ["extract", "--strict", ...cached, "--cache-to", tablet]);
  const examples = ["--rosetta-tablet", tablet, "--rosetta-unknown-snippets", "fail"];
  pacmak(["python", "java", "go"], ROOT, GENERATED, examples);
  // PyPI shows the page alone: what is beside it in the repository is linked there.
  const page = join(GENERATED, "python", "README.md");
  writeFileSync(page, readFileSync(page, "utf8").replace(/\]\((?!https?:|#)/g, `](${REPOSITORY}/blob/main/`));
  writeFileSync(stamp, wanted);
}

/** Generates the code of a package for some languages, one folder a language. */
export function pacmak(languages, folder, target, options = []) {
  const program = join(HOME, "node_modules", "jsii-pacmak", "bin", "jsii-pacmak");
  run("node", [program, "--code-only", "--target", ...languages, ...options, "--outdir", target, folder]);
}

/** An environment with what the package requires, in the versions that are pinned. */
function ensureEnvironment() {
  const python = join(BIN, "python");
  const stamp = join(ENVIRONMENT, "installed");
  const wanted = hashOf(readFileSync(REQUIREMENTS));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return { python };
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  const recent = `import ensurepip, sys, venv; sys.exit(sys.version_info < (${OLDEST_PYTHON.replace(".", ", ")}))`;
  const command = [process.env.VENDOR_DESTINATION_PYTHON, "python3", "python"].find((name) => name && tryRun(name, ["-c", recent]) === 0);
  if (command === undefined) return { unavailable: `no Python ${OLDEST_PYTHON} or newer was found` };
  run(command, ["-m", "venv", ENVIRONMENT]);
  // Most of the bindings are never imported: Python compiles what is.
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "--no-compile",
    "--requirement",
    REQUIREMENTS,
  ];
  if (tryRun(python, pip) !== 0) return { unavailable: "the bindings in packages/languages/requirements.txt cannot be installed" };
  writeFileSync(stamp, wanted);
  return { python };
}

function hashOf(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

// The last line is for the tests.
if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(ensurePythonPackage()));
