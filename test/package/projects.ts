/** Empty projects to install packed packages into. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

export const ROOT = join(__dirname, "..", "..");

/** The oldest Node.js that is supported, and the newest. */
export const NODES = [
  ["Node.js 20.9", join(ROOT, "node_modules", "node-20", "bin", "node")],
  ["Node.js 24", join(ROOT, "node_modules", "node", "bin", "node")],
] as const;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, removed after the tests of the file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vendor-destination-package-"));
  folders.push(folder);
  return folder;
}

/** Packs the package in a folder; answers with the path of the tarball. */
export function pack(folder: string): string {
  const packed = emptyFolder();
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", packed], { cwd: folder });
  return join(packed, readdirSync(packed)[0]!);
}

/** The files of a tarball, by their paths in the package. */
export function filesOf(tarball: string): string[] {
  const listed = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  return listed.map((path) => path.replace(/^package\//, "")).sort();
}
