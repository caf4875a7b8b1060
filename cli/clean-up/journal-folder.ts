/** The folders for journals. A journal decides what is deleted, so files that another user could have written are ignored. */
import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

/** The folders for journals, the preferred one first. The second is for machines where the temporary folder cannot be used. */
export function journalFolders(env: Readonly<Record<string, string | undefined>> = process.env): string[] {
  const state = env.XDG_STATE_HOME || homeFolder(env);
  return [join(tmpdir(), `vendor-destination-${userName()}`), ...(state ? [join(state, "vendor-destination")] : [])];
}

function homeFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  try {
    return join(env.HOME || homedir(), ".local", "state");
  } catch {
    return undefined;
  }
}

/** In a container, the user may have no entry in the list of users. */
function userName(): string {
  try {
    return userInfo().username.replace(/[^\w.-]/g, "_");
  } catch {
    return `uid-${process.getuid?.() ?? "unknown"}`;
  }
}

/** Why this user must not trust the file or folder; undefined if it may. */
export function trustProblem(path: string): string | undefined {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return "it is a symbolic link";
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  if (found.uid !== uid) return `it belongs to user ${found.uid}, and this is user ${uid}`;
  if ((found.mode & 0o022) !== 0) return `other users may write to it (mode ${(found.mode & 0o777).toString(8)})`;
  return undefined;
}

/** Creates the folder if it is missing. Returns why it cannot be used; undefined if it can. */
export function prepareFolder(folder: string): string | undefined {
  try {
    makeFolder(folder);
    const reason = trustProblem(folder);
    if (reason !== undefined) return reason;
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Creates one folder at a time, because Node.js's own recursion never ends below some folders (/proc). */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

export interface FoundJournals {
  readonly paths: readonly string[];
  /** Folders and files that are ignored, each with the reason. */
  readonly distrusted: readonly string[];
}

/** All journals in the folders. */
export function findJournals(folders: readonly string[] = journalFolders()): FoundJournals {
  const paths: string[] = [];
  const distrusted: string[] = [];
  const isTrusted = (path: string) => {
    const reason = trustProblem(path);
    if (reason !== undefined) distrusted.push(`${path} is ignored: ${reason}`);
    return reason === undefined;
  };
  for (const folder of folders) {
    if (!existsSync(folder) || !isTrusted(folder)) continue;
    for (const name of readdirSync(folder)) if (name.endsWith(".jsonl") && isTrusted(join(folder, name))) paths.push(join(folder, name));
  }
  return { paths, distrusted };
}
