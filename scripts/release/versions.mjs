// The version, which several files name: `npm version X.Y.Z` runs this to write it into all of them; with --check it fails where one differs.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Files that name the version beside package.json, each with what stands around it. */
export const PLACES = [
  { path: "action.yml", pattern: /(?<=description: Version of the npm package vendor-destination;.*\n\s+default: )\S+/g },
  { path: ".pre-commit-hooks.yaml", pattern: /(?<=vendor-destination@)\d[^\s]*/g },
  { path: "docs/check.md", pattern: /(?<=cdktf-vendor-destination@v|\brev: v)\d\S*/g },
];

/** What differs from the version of package.json, and what the change log lacks. */
export function problems(root) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const others = PLACES.flatMap(({ path, pattern }) => {
    const found = readFileSync(join(root, path), "utf8").match(pattern) ?? [];
    if (found.length === 0) return [`${path} names no version`];
    return found.filter((other) => other !== version).map((other) => `${path} names version ${other}, and package.json ${version}`);
  });
  const newest = /^## (\S+) \((.+)\)$/m.exec(readFileSync(join(root, "CHANGELOG.md"), "utf8"));
  return newest?.[1] === version
    ? others
    : [...others, `CHANGELOG.md begins with ${newest?.[1] ?? "no version"}, and package.json has ${version}`];
}

/** Writes the version of package.json into the other files, and the day of its release into the change log. */
export function writeVersion(root, day) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const { path, pattern } of PLACES) {
    writeFileSync(join(root, path), readFileSync(join(root, path), "utf8").replace(pattern, version));
  }
  const path = join(root, "CHANGELOG.md");
  const log = readFileSync(path, "utf8");
  if (!/^## \S+ \(unreleased\)$/m.test(log))
    throw new Error('CHANGELOG.md has no section "## X.Y.Z (unreleased)": write down what changed');
  writeFileSync(path, log.replace(/^## \S+ \(unreleased\)$/m, `## ${version} (${day})`));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(import.meta.dirname, "..", "..");
  if (!process.argv.includes("--check")) {
    writeVersion(root, new Date().toISOString().slice(0, 10));
    const { status } = spawnSync("npm", ["run", "docs"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
    if (status !== 0) process.exit(1);
    spawnSync("git", ["add", "--update"], { cwd: root, stdio: "inherit" });
  } else {
    const found = problems(root);
    const tag = process.argv[process.argv.indexOf("--check") + 1];
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    if (tag !== undefined && tag !== `v${version}`) found.push(`the tag is ${tag}, and package.json has ${version}`);
    if (tag !== undefined && /^## \S+ \(unreleased\)$/m.test(readFileSync(join(root, "CHANGELOG.md"), "utf8")))
      found.push("CHANGELOG.md has a section that is unreleased");
    for (const problem of found) console.error(problem);
    if (found.length > 0) process.exit(1);
  }
}
