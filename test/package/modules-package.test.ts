/** The archive of the Terraform modules, as a release offers it. */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { brokenLinks } from "../../scripts/docs/links";
import { emptyFolder, filesOf, ROOT } from "./projects";

const PACK = 'import("./scripts/modules-package.mjs").then(({ packModules }) => packModules(process.argv[1]))';
const LEFT = join(ROOT, "modules", "kandji", "terraform.tfstate");

afterEach(() => rmSync(LEFT, { force: true }));

function packed(): string {
  const folder = emptyFolder();
  execFileSync("node", ["-e", PACK, folder], { cwd: ROOT });
  return join(folder, readdirSync(folder)[0]!);
}

test("holds the modules, each with the program, and nothing that Terraform left in a folder", () => {
  const tracked = execFileSync("git", ["ls-files", "modules"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
  const modules = new Set(tracked.map((path) => path.split("/")[1]!));
  const programs = [...modules].flatMap((name) => [`modules/${name}/program/NOTICE.txt`, `modules/${name}/program/index.js`]);
  writeFileSync(LEFT, "{}");

  expect(filesOf(packed()).filter((path) => !path.endsWith("/"))).toEqual(["LICENSE", ...tracked, ...programs].sort());
});

test("has no link to a file or an anchor that it does not hold", () => {
  const folder = emptyFolder();
  execFileSync("tar", ["-xzf", packed()], { cwd: folder });
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));

  expect(pages.length).toBeGreaterThan(1);
  expect(pages.flatMap((page) => brokenLinks(page, folder, ROOT).map((link) => `${page} > ${link}`))).toEqual([]);
});
