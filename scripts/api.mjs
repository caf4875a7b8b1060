// Writes API.md out of the compiled library; with --check it fails where the committed file differs.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { withContents } from "./docs/api-contents.mjs";
import { ROOT, run } from "./setup.mjs";

ensureBuilt();
const made = join(".cache", "API.md");
rmSync(join(ROOT, made), { force: true });
run("jsii-docgen", ["-o", made]);
const fresh = withContents(readFileSync(join(ROOT, made), "utf8"));
const committed = join(ROOT, "API.md");
if (!process.argv.includes("--check")) {
  writeFileSync(committed, fresh);
} else if (readFileSync(committed, "utf8") !== fresh) {
  console.error("API.md is out of date: run `npm run docs` and commit it");
  process.exit(1);
}
