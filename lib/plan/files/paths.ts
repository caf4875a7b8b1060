/** Paths as text, without a file system. */

/** The folder of a file; `.` where the path has none. */
export function folderOf(path: string): string {
  const clean = path.replaceAll("\\", "/");
  const slash = clean.lastIndexOf("/");
  return slash < 0 ? "." : normalizePath(clean.slice(0, slash) || "/");
}

export function fileNameOf(path: string): string {
  return path.replaceAll("\\", "/").split("/").at(-1)!;
}

export function joinPath(folder: string, relative: string): string {
  return normalizePath(`${folder}/${relative}`);
}

/** Removes `.`, doubled slashes, and each `..` that can be resolved. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}` || ".";
}
