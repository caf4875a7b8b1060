/** Writes files that do not exist yet. Existing files stay as they are. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesExist, unwritableFile } from "./errors";

/** Writes all the files, or none: an existing file is an error. */
export function writeNewFiles(folder: string, files: Readonly<Record<string, string>>): void {
  const existing = Object.keys(files).filter((name) => existsSync(join(folder, name)));
  if (existing.length > 0) throw filesExist(existing, folder);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    try {
      makeFolder(dirname(path));
      // Another process may have written the file since.
      writeFileSync(path, text, { flag: "wx" });
    } catch (error) {
      throw unwritableFile(path, (error as Error).message);
    }
  }
}

/** `mkdirSync` with `recursive` never returns where a file system, such as /proc, answers that an existing folder does not exist. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it since.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
