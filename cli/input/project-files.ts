/** Reads the files that a configuration names, such as `file("policy.json")`, within the folders that the user gives. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { PlanFile, ProjectFile, ProjectFiles } from "../../lib/plan";

/** Bounds far above any real policy or template. */
const LARGEST = 2_000_000;
const MOST_FILES = 10_000;

/**
 * @param paths that the user gives
 * @param files that were read by them, with the local modules that they call
 */
export function projectFiles(paths: readonly string[], files: readonly PlanFile[]): ProjectFiles {
  let folders: ReadonlySet<string> | undefined;
  const isInside = (path: string) => {
    folders ??= foldersOf(paths, files);
    return [...folders].some((folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  };
  return { read: (path) => readWithin(path, isInside), list: (folder, depth) => listWithin(folder, depth, isInside) };
}

function foldersOf(paths: readonly string[], files: readonly PlanFile[]): ReadonlySet<string> {
  const given = paths.filter((path) => path !== "-").map((path) => (isFolder(path) ? path : dirname(path)));
  const read = files.filter(({ path }) => path !== "stdin").map(({ path }) => dirname(path));
  return new Set([...given, ...read].flatMap((folder) => realPath(folder) ?? []));
}

function readWithin(path: string, isInside: (path: string) => boolean): ProjectFile {
  const real = realPath(path);
  // For a path outside, the answer does not even reveal whether the file exists.
  if (!isInside(real ?? nearestPath(path))) {
    return { problem: `${path} is outside the folders that are checked; give the folder that holds both`, isMissing: false };
  }
  if (real === undefined) return { problem: `there is no file ${path}`, isMissing: true };
  try {
    if (isFolder(real)) return { problem: `${path} is a folder`, isMissing: true };
    if (statSync(real).size > LARGEST) return { problem: `${path} is larger than ${LARGEST} bytes`, isMissing: false };
    return { bytes: readFileSync(real) };
  } catch (error) {
    return { problem: `${path} cannot be read: ${(error as Error).message}`, isMissing: false };
  }
}

/** The real path of the nearest existing parent folder, with the rest of the path. */
function nearestPath(path: string): string {
  const parent = dirname(path);
  if (parent === path) return path;
  const real = realPath(parent);
  return join(real ?? nearestPath(parent), relative(parent, path));
}

/** Undefined if one of them is a link, because it may lead anywhere. */
function listWithin(folder: string, depth: number, isInside: (path: string) => boolean): string[] | undefined {
  const real = realPath(folder);
  if (real === undefined || !isInside(real)) return undefined;
  const found: string[] = [];
  const isComplete = (inner: string, levels: number): boolean =>
    readdirSync(join(real, inner), { withFileTypes: true }).every((entry) => {
      const path = inner === "" ? entry.name : `${inner}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      if (entry.isDirectory()) return levels < 2 || isComplete(path, levels - 1);
      return entry.isFile() && found.length <= MOST_FILES;
    });
  try {
    return isComplete("", depth) ? found : undefined;
  } catch {
    return undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
