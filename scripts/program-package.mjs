// Writes the npm package `vendor-destination`: the program alone, for whoever needs no constructs. The bundle must be there already.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

const SOURCE = join(ROOT, "packages", "vendor-destination");

/** Writes the package into a folder, which is emptied first. What both packages say of themselves is taken from the one manifest. */
export function writeProgramPackage(folder) {
  const { version, license, author, repository, keywords, engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "vendor-destination",
    version,
    description: "Checks, validates and watches S3 buckets that a SaaS vendor delivers into: Terraform, plans and the live account",
    license,
    author,
    repository: { ...repository, directory: "packages/vendor-destination" },
    keywords: keywords.filter((word) => !word.startsWith("cdk")),
    engines,
    bin: { "vendor-destination": "index.js" },
    exports: { "./package.json": "./package.json", "./schemas/*": "./schemas/*" },
    files: ["index.js", "NOTICE.txt", "CHANGELOG.md", "schemas"],
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(SOURCE, "README.md"), join(folder, "README.md"));
  for (const file of ["LICENSE", "CHANGELOG.md", "program/index.js", "program/NOTICE.txt"]) {
    copyFileSync(join(ROOT, file), join(folder, file.replace("program/", "")));
  }
  cpSync(join(ROOT, "schemas"), join(folder, "schemas"), { recursive: true });
}
