/** Reads the files that the user names. A folder stands for the Terraform files in it: `cdktf.out`, a stack's folder, a root module. */
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { decodeText } from "../../lib/json";
import type { PlanFile } from "../../lib/plan";
import {
  type FileOption,
  folderWithoutTerraformFiles,
  terraformFileAsOutput,
  unreadableFile,
  unreadableOptionFile,
  unreadablePath,
  unwritableOptionFile,
} from "../errors";
import { calledModules } from "./source-files";
import { isTerraformFile, TERRAFORM_FILES } from "./terraform-files";

/** Where the CDK for Terraform writes what it synthesizes. */
export const DEFAULT_PATH = "cdktf.out";

/** The paths that the user gives, otherwise the default in the working directory. */
export function pathsOrDefault(paths: readonly string[]): readonly string[] {
  if (paths.length > 0) return paths;
  return [existsSync(DEFAULT_PATH) ? DEFAULT_PATH : "."];
}

/** The names of configurations, for texts; `TERRAFORM_FILES` matches them. */
export const CONFIGURATION_NAMES = ["*.tf", "*.tofu", "*.tf.json", "*.tofu.json"] as const;

/** Whether the folder cannot hold a root module of the user: it holds installed code, or is hidden like `.terragrunt-cache`. */
function isSkipped(folder: string): boolean {
  return folder === "node_modules" || folder.startsWith(".");
}

/**
 * The files behind the paths, each once; `-` is standard input.
 *
 * @param option that names the paths, if they are not arguments
 */
export function readInputFiles(paths: readonly string[], option?: FileOption): PlanFile[] {
  const named = new Map(paths.flatMap((path) => filesBehind(path, option)).map((path) => [identityOf(path), path]));
  const files = [...named.values()].map((path) => (path === "-" ? { path: "stdin", bytes: readFileSync(0) } : readInputFile(path, option)));
  // Terraform reads the local modules that a configuration calls wherever they are.
  return [...files, ...calledModules(files).filter(({ path }) => !named.has(identityOf(path)))];
}

function filesBehind(path: string, option: FileOption | undefined): string[] {
  if (path === "-" || !isFolder(path, option)) return [path];
  const found = terraformFiles(path);
  if (found.length === 0) throw folderWithoutTerraformFiles(path, CONFIGURATION_NAMES, option);
  return found;
}

/** Equal for all spellings of a path. A link to a file counts as a separate file, because modules may share one. */
function identityOf(path: string): string {
  if (path === "-") return path;
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

/** Files that Terraform would load from the folders of these files, or through links to folders, and that the user did not name. */
export function unreadFiles(files: readonly PlanFile[]): string[] {
  const folders = new Set(files.filter(({ path }) => /\.(tf|tofu)(\.json)?$/.test(path)).map(({ path }) => dirname(path)));
  const read = new Set(files.map(({ path }) => identityOf(path)));
  // Terraform loads no values for the modules that it has installed.
  const own = [...folders].filter((folder) => !/(?:^|[/\\])\.terraform[/\\]/.test(folder));
  return own.flatMap((folder) =>
    entriesOf(folder)
      .filter(({ name }) => !name.startsWith("."))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isSymbolicLink() && existsSync(path) && isFolder(path)) return isSkipped(entry.name) ? [] : terraformFilesIn(path);
        return TERRAFORM_FILES.test(entry.name) && !entry.isDirectory() ? [path] : [];
      })
      .filter((path) => !read.has(identityOf(path))),
  );
}

function terraformFilesIn(folder: string): string[] {
  return entriesOf(folder)
    .filter(({ name }) => !name.startsWith(".") && TERRAFORM_FILES.test(name))
    .map(({ name }) => join(folder, name));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadablePath(folder, error);
  }
}

/** @param option that names the file, if it is not an argument */
export function readInputFile(path: string, option?: FileOption): PlanFile {
  try {
    return { path, bytes: readFileSync(path) };
  } catch (error) {
    throw option === undefined ? unreadableFile(path, error) : unreadableOptionFile(path, option, error);
  }
}

/** The text of a file that was read, in UTF-8 or UTF-16. */
export function textOfInput({ bytes }: PlanFile): string {
  return decodeText(bytes);
}

export function readInputText(path: string, option?: FileOption): string {
  return textOfInput(readInputFile(path, option));
}

/** The remedy for a file that cannot be written. */
export const WRITABLE = "name a file in a folder that exists and can be written to";

/** A forgotten value of an option takes the path behind it, which must not cost the user a plan. */
export function writeOutputText(path: string, text: string, option: FileOption): void {
  if (isTerraformFile(path)) throw terraformFileAsOutput(path, option.name);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unwritableOptionFile(path, option, error);
  }
}

function isFolder(path: string, option?: FileOption): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw option === undefined ? unreadablePath(path, error) : unreadableOptionFile(path, option, error);
  }
}

function terraformFiles(folder: string): string[] {
  const entries = entriesOf(folder).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isSkipped(entry.name) ? [] : terraformFiles(path);
    // Terraform ignores the lock files and backups of editors.
    if (entry.name.startsWith(".") || entry.name.endsWith("~")) return [];
    return TERRAFORM_FILES.test(entry.name) ? [path] : [];
  });
}
