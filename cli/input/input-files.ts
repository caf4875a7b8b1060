/** Reads the files that the user names. A folder stands for the Terraform JSON in it: `cdktf.out`, a stack's folder, a root module. */
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { PlanFile } from "../../lib/plan";
import { UsageError } from "../command";

/** Folders that hold other people's code, or Terraform's own files. */
const SKIPPED = new Set(["node_modules", ".terraform", ".git"]);

/** The files behind the paths, each once; `-` is standard input. */
export function readInputFiles(paths: readonly string[]): PlanFile[] {
  const files = new Map(paths.flatMap(filesBehind).map((path) => [identityOf(path), path]));
  return [...files.values()].map((path) => (path === "-" ? { path: "stdin", bytes: readFileSync(0) } : readInputFile(path)));
}

function filesBehind(path: string): string[] {
  if (path === "-" || !isFolder(path)) return [path];
  const found = terraformFiles(path);
  if (found.length === 0)
    throw new UsageError(`NoTerraformJson: the folder holds no *.tf.json; synthesise first, or name a plan or state file (at ${path})`);
  return found;
}

/** The same for all ways to write a path. A link to a file is a file of its own: folders may share one, and each is a module. */
function identityOf(path: string): string {
  if (path === "-") return path;
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

/** Files that Terraform would load from the folders of these files, in HCL or not named, and nobody reads here. */
export function unreadBeside(files: readonly PlanFile[]): string[] {
  const folders = new Set(files.filter(({ path }) => path.endsWith(".tf.json")).map(({ path }) => dirname(path)));
  const read = new Set(files.map(({ path }) => identityOf(path)));
  return [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.startsWith(".") && /\.tf(\.json)?$|(^terraform|\.auto)\.tfvars(\.json)?$/.test(name))
      .map((name) => join(folder, name))
      .filter((path) => !read.has(identityOf(path))),
  );
}

export function readInputFile(path: string): PlanFile {
  try {
    return { path, bytes: readFileSync(path) };
  } catch (error) {
    throw new UsageError(`UnreadableFile: the file cannot be read: ${(error as Error).message} (at ${path})`);
  }
}

/** An option that names a file, and what to do where it cannot be read or written. */
export interface FileOption {
  readonly name: string;
  readonly remedy: string;
}

export function readInputText(path: string, option?: FileOption): string {
  if (option === undefined) return new TextDecoder().decode(readInputFile(path).bytes);
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("UnreadableFile", "read", path, option, error as Error);
  }
}

export function writeOutputText(path: string, text: string, option: FileOption): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw fileError("UnwritableFile", "written", path, option, error as Error);
  }
}

function fileError(code: string, done: string, path: string, { name, remedy }: FileOption, { message }: Error): UsageError {
  return new UsageError(`${code}: '${name}' must name a file that can be ${done}, got ${JSON.stringify(path)}; ${remedy} (${message})`);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(
      `UnreadableFile: the path cannot be read: ${(error as Error).message}; name a folder or file that is there (at ${path})`,
    );
  }
}

function terraformFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : terraformFiles(path);
    // Terraform passes over the lock files and copies of editors.
    if (entry.name.startsWith(".") || entry.name.endsWith("~")) return [];
    return /\.tf\.json$|(^terraform|\.auto)\.tfvars\.json$/.test(entry.name) ? [path] : [];
  });
}
