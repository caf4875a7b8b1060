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
      mkdirSync(dirname(path), { recursive: true });
      // Another process may have written the file since.
      writeFileSync(path, text, { flag: "wx" });
    } catch (error) {
      throw unwritableFile(path, (error as Error).message);
    }
  }
}
