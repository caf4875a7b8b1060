// Bundles the program into one file that needs Node and nothing else: `program/index.js`, with the notices of what is inside.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The only module that the bundle may look for: a faster signer that the AWS SDK takes where it is installed. */
const OPTIONAL = ["@aws-sdk/signature-v4-crt"];

const result = await build({
  absWorkingDir: root,
  entryPoints: ["cli/main.ts"],
  outfile: "program/index.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  resolveExtensions: [".ts", ".mjs", ".js", ".json"],
  mainFields: ["module", "main"],
  external: OPTIONAL,
  define: { PROGRAM_VERSION: JSON.stringify(version) },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  treeShaking: true,
  metafile: true,
  logLevel: "warning",
});

writeFileSync(join(root, "program/NOTICE.txt"), notices(Object.keys(result.metafile.inputs)));
const size = Object.values(result.metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`program/index.js: ${(size / 1e6).toFixed(2)} MB`);

/** The licence of every package whose code is in the bundle; equal texts are printed once. */
function notices(inputs) {
  const packages = new Map();
  for (const input of inputs) {
    const folder = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (folder) packages.set(folder, describe(join(root, folder)));
  }
  const byText = new Map();
  for (const { title, text } of packages.values()) byText.set(text, [...(byText.get(text) ?? []), title]);
  const sections = [...byText].map(([text, titles]) => `${[...new Set(titles)].sort().join("\n")}\n\n${text.trim()}\n`);
  return `index.js contains the following packages, each under the licence below it.\n\n${sections.sort().join(`\n${"-".repeat(80)}\n\n`)}`;
}

function describe(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)(\.|$)/i.test(name));
  if (files.length === 0 && !manifest.license) throw new Error(`${relative(root, folder)} names no licence`);
  const text = files.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
  return { title: `${manifest.name} ${manifest.version} (${manifest.license})`, text: text || `Licence: ${manifest.license}` };
}
