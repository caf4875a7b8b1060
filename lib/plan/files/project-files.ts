/** The files that a configuration reads by functions such as `file`. */
import { joinPath } from "./paths";

/** A file that was read, or why it was not. A missing one is an error in Terraform; of any other the content is unknown. */
export type ProjectFile = { readonly bytes: Uint8Array } | { readonly problem: string; readonly isMissing: boolean };

/** The files of the folders that are checked. The caller does the I/O. */
export interface ProjectFiles {
  read(path: string): ProjectFile;
  /** The files at so many levels of a folder, by paths relative to it; undefined where they cannot be listed. */
  list(folder: string, depth: number): readonly string[] | undefined;
}

/** The same files by paths from a folder: Terraform resolves them from the folder of the root module, where it runs. */
export function filesFrom(folder: string, files: ProjectFiles | undefined): ProjectFiles | undefined {
  if (files === undefined) return undefined;
  const resolve = (path: string) => (/^(?:\/|[A-Za-z]:)/.test(path) ? path : joinPath(folder, path));
  return { read: (path) => files.read(resolve(path)), list: (path, depth) => files.list(resolve(path), depth) };
}
