// Builds the npm package `cdktn-vendor-destination` out of the sources of `cdktf-vendor-destination`. Does nothing where nothing has changed.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "../build.mjs";
import { withContents } from "../docs/api-contents.mjs";
import { ensureLocked, ROOT, run } from "../setup.mjs";
import { replaceSection, rewriteText, withInitForCdktn } from "./rewrite.mjs";

const SOURCE = join(ROOT, "packages", "cdktn-vendor-destination");
const HOME = join(ROOT, ".cache", "cdktn");

/** Where the package is built. */
export const CDKTN_PACKAGE = join(HOME, "package");
/** What it is compiled with. */
export const CDKTN_MODULES = join(HOME, "node_modules");

/** As they are in the other package. */
const COPIED = ["program", "schemas", "tsconfig.json", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE", "SECURITY.md"];
/** Pages that speak of both packages. */
const SHARED_PAGES = ["docs/cdktn.md", "docs/languages.md", "docs/quick-start.md"];
/** The name in that of a package for another language; the organization on GitHub keeps its own. */
const TARGET_NAME = /(?<!github\.)cdktf(?=-vendor-destination(-go)?")|cdktf(?=_)/g;

/** Installs what the package is compiled with; answers with the versions. */
export function installCdktn() {
  ensureLocked(SOURCE, HOME);
  return JSON.parse(read("packages/cdktn-vendor-destination/package.json")).devDependencies;
}

/** Builds the package. */
export function ensureCdktnBuilt() {
  ensureBuilt();
  const versions = installCdktn();
  const texts = textsOf(versions);
  const stamp = join(HOME, "built");
  const wanted = hashOf(texts);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });
  rmSync(CDKTN_PACKAGE, { recursive: true, force: true });
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(CDKTN_PACKAGE, path)), { recursive: true });
    writeFileSync(join(CDKTN_PACKAGE, path), text);
  }
  for (const path of COPIED.filter((path) => existsSync(join(ROOT, path)))) {
    cpSync(join(ROOT, path), join(CDKTN_PACKAGE, path), { recursive: true });
  }
  // jsii-docgen looks for the peers in the package's own folder only.
  symlinkSync(CDKTN_MODULES, join(CDKTN_PACKAGE, "node_modules"), "junction");
  run("jsii", ["--silence-warnings=reserved-word"], { cwd: CDKTN_PACKAGE });
  run("jsii-docgen", ["-o", "API.md"], { cwd: CDKTN_PACKAGE });
  const api = join(CDKTN_PACKAGE, "API.md");
  writeFileSync(api, withContents(readFileSync(api, "utf8")));
  writeFileSync(stamp, wanted);
}

/** The files that differ from those of the other package, by path. */
function textsOf(versions) {
  const sources = filesIn("lib").filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));
  const pages = filesIn("docs").filter((path) => path.endsWith(".md"));
  const rewritten = [...sources, ...pages].map((path) => [path, SHARED_PAGES.includes(path) ? read(path) : rewriteText(read(path))]);
  const readme = replaceSection(withInitForCdktn(rewriteText(read("README.md"))), read("packages/cdktn-vendor-destination/install.md"));
  return [...rewritten, ["README.md", readme], ["package.json", `${JSON.stringify(manifest(versions), null, 2)}\n`]];
}

function manifest(versions) {
  const { scripts, ...rest } = JSON.parse(read("package.json"));
  const peer = (name) => JSON.parse(readFileSync(join(CDKTN_MODULES, name, "package.json"), "utf8"));
  const provider = peer("@cdktn/provider-aws");
  return {
    ...rest,
    name: "cdktn-vendor-destination",
    description: rewriteText(rest.description),
    repository: { ...rest.repository, directory: "packages/cdktn-vendor-destination" },
    keywords: rest.keywords.map(rewriteText),
    // As narrow as those of its peers.
    engines: provider.engines,
    peerDependencies: {
      "@cdktn/provider-aws": `^${versions["@cdktn/provider-aws"]}`,
      cdktn: provider.peerDependencies.cdktn,
      constructs: provider.peerDependencies.constructs,
    },
    devDependencies: versions,
    jsii: { ...rest.jsii, targets: JSON.parse(JSON.stringify(rest.jsii.targets).replace(TARGET_NAME, "cdktn")) },
  };
}

function hashOf(texts) {
  const hash = createHash("sha256").update(read(".cache/built"));
  for (const path of COPIED.flatMap(filesIn)) hash.update(path).update(readFileSync(join(ROOT, path)));
  for (const part of texts.flat()) hash.update(part);
  return hash.digest("hex");
}

/** The files in a folder, or the file itself; nothing where there is none. */
function filesIn(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  const below = readdirSync(full, { recursive: true }).map((file) => join(path, String(file)));
  return below.filter((file) => statSync(join(ROOT, file)).isFile()).sort();
}

function read(path) {
  return readFileSync(join(ROOT, path), "utf8");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureCdktnBuilt();
