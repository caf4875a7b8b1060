// Builds the package: the program that the hook runs (program/), then lib/ by jsii. Does nothing where nothing has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, ROOT, run } from "./setup.mjs";

/** Builds program/. */
export function ensureProgramBuilt() {
  ensureInstalled();
  buildOnce("built-program", ["program/index.js"], () => run("node", ["scripts/bundle.mjs"]));
}

/** Builds program/ and lib/. */
export function ensureBuilt() {
  ensureProgramBuilt();
  buildOnce("built", [".jsii", "lib/index.js"], () => {
    removeCompiled();
    run("jsii", ["--silence-warnings=reserved-word"]);
  });
}

/** Builds what is not there or is older than the sources. */
function buildOnce(name, results, build) {
  const stamp = join(ROOT, ".cache", name);
  const sources = hashOfSources();
  if (results.every((file) => existsSync(join(ROOT, file))) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  build();
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  writeFileSync(stamp, sources);
}

/** What jsii wrote beside sources that are gone by now would be packed all the same. */
function removeCompiled() {
  for (const file of readdirSync(join(ROOT, "lib"), { recursive: true }).map(String)) {
    if (file.endsWith(".js") || file.endsWith(".d.ts")) rmSync(join(ROOT, "lib", file));
  }
}

function hashOfSources() {
  const hash = createHash("sha256");
  const isSource = (file) => file.endsWith(".ts") && !file.endsWith(".d.ts");
  const files = ["lib", "cli"].flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((file) => join(folder, file)));
  const sources = files.filter(isSource).sort();
  for (const file of [...sources, "package.json", "package-lock.json", "tsconfig.json", "scripts/bundle.mjs"]) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureBuilt();
