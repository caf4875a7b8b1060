/** No link of the repository's Markdown leads nowhere. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anchorsOf, brokenLinks, linksIn } from "../../scripts/docs/links";

const ROOT = join(__dirname, "..", "..");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: ROOT, encoding: "utf8" });
/** Without what stands elsewhere later: pages of the site, and the part of a README that `test/package/cdktn.test.ts` reads in its place. */
const ELSEWHERE = /^site\/|^packages\/cdktn-vendor-destination\/install\.md$/;
const PAGES = tracked.split("\n").filter((path) => path !== "" && existsSync(join(ROOT, path)) && !ELSEWHERE.test(path));

test("every link of every page leads to a file, and to an anchor in it", () => {
  const broken = PAGES.flatMap((page) => brokenLinks(page, ROOT).map((link) => `${page} > ${link}`));

  expect(PAGES.length).toBeGreaterThan(80);
  expect(broken).toEqual([]);
});

test("links are read as GitHub reads them", () => {
  const page = ["# One `two`, three", "# One `two`, three", '[a](b.md) `[c](d)` [`e`](f#g) <a id="h"></a>', "```md", "[i](j)", "```"].join(
    "\n",
  );

  expect(linksIn(page)).toEqual(["b.md", "f#g"]);
  expect([...anchorsOf(page)]).toEqual(["one-two-three", "one-two-three-1", "h"]);
});
