/** The files of the configuration that a plan was made of. */
import { parseJson } from "../../json";
import type { ConfigurationFile } from "../files/block-types";
import { textOfFile } from "../files/decode";
import { type InstalledModules, installedModules, rootOfManifest } from "../files/installed-modules";
import { folderOf } from "../files/paths";
import { PlanReadError } from "../files/plan-read-error";
import { filesFrom, type ProjectFiles } from "../files/project-files";
import { HclSyntaxError, parseHcl } from "../hcl";
import type { PlanFile } from "../types";
import type { SourceFiles } from "./written";

/** Groups the files by folder. A folder with a file that cannot be read is left out: that file may override the others. */
export function sourceFiles(files: readonly PlanFile[], folder: string, project?: ProjectFiles): SourceFiles {
  const byFolder = new Map<string, ConfigurationFile[] | undefined>();
  let installed: InstalledModules = new Map();
  for (const file of files) {
    if (rootOfManifest(file.path) !== undefined) {
      if (rootOfManifest(file.path) === folder) installed = installedModules(contentOf(file), folder);
      continue;
    }
    const content = contentOf(file);
    const known = byFolder.has(folderOf(file.path)) ? byFolder.get(folderOf(file.path)) : [];
    byFolder.set(folderOf(file.path), content === undefined ? undefined : known?.concat({ path: file.path, content }));
  }
  const readable = new Map([...byFolder].flatMap(([path, found]) => (found === undefined ? [] : [[path, found]])));
  return { folder, installed, files: readable, project: filesFrom(folder, project) };
}

/** Undefined where the file cannot be read. */
function contentOf(file: PlanFile): unknown {
  try {
    return file.path.endsWith(".json") ? parseJson(textOfFile(file)) : parseHcl(textOfFile(file));
  } catch (error) {
    if (error instanceof HclSyntaxError || error instanceof PlanReadError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
