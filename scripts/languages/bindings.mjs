// Generates what a program in Java or Go needs beside our package: CDK for Terraform's classes for Java, and those of the AWS provider's classes
// that we use. They come from the npm packages by the generator that made the published bindings, which are large, and which not every mirror
// of Maven Central and of Go's module proxy serves.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../setup.mjs";
import { generate, HOME, pacmak } from "./package.mjs";

const MODULES = join(ROOT, "node_modules");
const PROVIDER = join(MODULES, "@cdktf", "provider-aws");

/** Our package and the bindings, one folder a language. */
export const BINDINGS = join(HOME, "bindings");

/** Generates our package, and the bindings that it needs. */
export function generateBindings() {
  generate();
  rmSync(BINDINGS, { recursive: true, force: true });
  pacmak(["java", "go"], usedPartOfProvider(join(HOME, "provider")), BINDINGS);
  pacmak(["java"], packageCopy(join(MODULES, "cdktf"), join(HOME, "cdktf")), BINDINGS);
}

/** A copy of the AWS provider's package with the classes that we use, and no others: the whole one has more than 20,000. */
function usedPartOfProvider(target) {
  const assembly = JSON.parse(readFileSync(join(PROVIDER, ".jsii"), "utf8"));
  const own = readFileSync(join(ROOT, ".jsii"), "utf8");
  const namespaces = new Set(["provider", ...[...own.matchAll(/"@cdktf\/provider-aws\.(\w+)\./g)].map(([, name]) => name)]);
  const isUsed = ([, { namespace }]) => namespaces.has(namespace);
  const submodules = Object.entries(assembly.submodules).filter(([name]) => namespaces.has(name.split(".")[1]));
  const { readme: _, ...rest } = assembly;
  const types = Object.fromEntries(Object.entries(assembly.types).filter(isUsed));

  const folders = new Map([...namespaces].map((name) => [name, name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]));
  rmSync(target, { recursive: true, force: true });
  for (const folder of new Set([...folders.values(), ...requiredFolders()])) {
    cpSync(join(PROVIDER, "lib", folder), join(target, "lib", folder), { recursive: true });
  }
  for (const file of ["LICENSE", "README.md"]) cpSync(join(PROVIDER, file), join(target, file));
  writeFileSync(join(target, ".jsii"), JSON.stringify({ ...rest, types, submodules: Object.fromEntries(submodules) }));
  writeFileSync(
    join(target, "lib", "index.js"),
    [...folders].map(([name, folder]) => `exports.${name} = require("./${folder}");\n`).join(""),
  );
  writeManifest(PROVIDER, target);
  return target;
}

/** The folders of the provider that our code requires: some of its classes are in no signature of ours. */
function requiredFolders() {
  const files = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const texts = files.map((file) => readFileSync(join(ROOT, "lib", file), "utf8"));
  return texts.flatMap((text) => [...text.matchAll(/@cdktf\/provider-aws\/lib\/([a-z0-9-]+)/g)].map(([, folder]) => folder));
}

/** A copy of a package: the generator packs it, and must not run its scripts. */
function packageCopy(source, target) {
  rmSync(target, { recursive: true, force: true });
  cpSync(source, target, { recursive: true });
  writeManifest(source, target);
  return target;
}

function writeManifest(source, target) {
  const { scripts: _, devDependencies: __, files: ___, ...manifest } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  writeFileSync(join(target, "package.json"), JSON.stringify(manifest));
  for (const peer of Object.keys(manifest.peerDependencies ?? {})) {
    mkdirSync(join(target, "node_modules"), { recursive: true });
    symlinkSync(join(MODULES, peer), join(target, "node_modules", peer), "junction");
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) generateBindings();
