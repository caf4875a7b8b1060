/** Finds the configuration of a plan in the folder of the plan, because a plan lists references, not expressions. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { PlanFile } from "../../lib/plan";

const INSTALLED = ".terraform/modules/modules.json";
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;
/** Bounds far above any real configuration. */
const MOST_FILES = 2_000;
const LARGEST = 2_000_000;
const LOCAL_SOURCE = /"?\bsource"?\s*[=:]\s*"(\.\.?(?:\/[^"$]*)?)"/g;

/** The files of the root modules beside these plans, and of the modules that they call as far as they are on this machine. */
export function sourcesOfPlans(files: readonly PlanFile[]): PlanFile[] {
  const found = new Map<string, PlanFile>();
  const folders = new Set(
    files.filter(({ path }) => !path.endsWith(".tf.json")).map(({ path }) => (path === "stdin" ? "." : dirname(path))),
  );
  for (const folder of folders) {
    const manifest = readIfFile(join(folder, INSTALLED));
    if (manifest !== undefined) found.set(manifest.path, manifest);
    for (const inner of [folder, ...installedIn(folder, manifest)]) addFolder(inner, found);
  }
  return [...found.values()];
}

/**
 * The files of local modules that these files call, and that these in turn call, wherever they are, and of the modules that Terraform has
 * installed in their folders.
 */
export function calledModules(files: readonly PlanFile[]): PlanFile[] {
  const found = new Map<string, PlanFile>();
  const configurations = files.filter(({ path }) => CONFIGURATION.test(path));
  for (const file of configurations) addCalled(file, found);
  for (const folder of new Set(configurations.map(({ path }) => dirname(path)))) {
    const manifest = readIfFile(join(folder, INSTALLED));
    if (manifest === undefined) continue;
    found.set(manifest.path, manifest);
    const below = join(folder, dirname(INSTALLED), sep);
    for (const inner of installedIn(folder, manifest)) if (inner.startsWith(below)) addFolder(inner, found);
  }
  return [...found.values()];
}

function addFolder(folder: string, found: Map<string, PlanFile>): void {
  if (found.size > MOST_FILES) return;
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (name.startsWith(".") || !CONFIGURATION.test(name) || found.has(path)) continue;
    const file = readIfFile(path);
    if (file === undefined) continue;
    found.set(path, file);
    addCalled(file, found);
  }
}

function addCalled({ path, bytes }: PlanFile, found: Map<string, PlanFile>): void {
  for (const [, source] of new TextDecoder().decode(bytes).matchAll(LOCAL_SOURCE)) addFolder(join(dirname(path), source!), found);
}

/** None where the folder is missing or cannot be read: the reader then says that the module is not read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function installedIn(folder: string, manifest: PlanFile | undefined): string[] {
  if (manifest === undefined) return [];
  try {
    const { Modules: modules } = JSON.parse(new TextDecoder().decode(manifest.bytes)) as { Modules?: { Dir?: unknown }[] };
    return (modules ?? []).flatMap(({ Dir: dir }) => (typeof dir === "string" ? [join(folder, dir)] : []));
  } catch {
    return [];
  }
}

function readIfFile(path: string): PlanFile | undefined {
  try {
    const { size } = statSync(path);
    return size > LARGEST ? undefined : { path, bytes: readFileSync(path) };
  } catch {
    return undefined;
  }
}
