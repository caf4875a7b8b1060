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

/** The path of a folder as seen from another one; undefined where it does not follow from the two. */
export function pathFrom(from: string, to: string): string | undefined {
  const [start, end] = [from, to].map((path) =>
    normalizePath(path)
      .split("/")
      .filter((part) => part !== "."),
  );
  const shared = start!.findIndex((part, index) => part !== end![index]);
  const common = shared < 0 ? start!.length : shared;
  const up = start!.slice(common);
  if (up.includes("..") || up[0] === "" || (common === 0 && end![0] === "" && start!.length === 0)) return undefined;
  return [...up.map(() => ".."), ...end!.slice(common)].join("/") || ".";
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
