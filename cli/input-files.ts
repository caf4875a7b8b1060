/** Reads the files that the user names. A folder stands for the Terraform JSON in it: `cdktf.out`, a stack's folder, a root module. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlanFile } from "../lib/plan";
import { UsageError } from "./command";

/** Folders that hold other people's code, or Terraform's own files. */
const SKIPPED = new Set(["node_modules", ".terraform", ".git"]);

/** The files behind the paths; `-` is standard input. */
export function readInputFiles(paths: readonly string[]): PlanFile[] {
  return paths.flatMap((path) => {
    if (path === "-") return [{ path: "stdin", bytes: readFileSync(0) }];
    if (!isFolder(path)) return [readInputFile(path)];
    const found = terraformFiles(path);
    if (found.length === 0)
      throw new UsageError(`NoTerraformJson: the folder holds no *.tf.json; synthesise first, or name a plan or state file (at ${path})`);
    return found.map(readInputFile);
  });
}

/** Files in HCL that Terraform would load from the folders of these files, and nobody reads here. */
export function unreadBeside(files: readonly PlanFile[]): string[] {
  const folders = new Set(files.filter(({ path }) => path.endsWith(".tf.json")).map(({ path }) => dirname(path)));
  return [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.startsWith(".") && /\.tf$|(^terraform|\.auto)\.tfvars$/.test(name))
      .map((name) => join(folder, name)),
  );
}

export function readInputFile(path: string): PlanFile {
  try {
    return { path, bytes: readFileSync(path) };
  } catch (error) {
    throw new UsageError(`UnreadableFile: the file cannot be read: ${(error as Error).message} (at ${path})`);
  }
}

export function readInputText(path: string): string {
  return new TextDecoder().decode(readInputFile(path).bytes);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(`UnreadableFile: the path cannot be read: ${(error as Error).message} (at ${path})`);
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
