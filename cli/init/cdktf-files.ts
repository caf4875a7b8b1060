/** A CDK for Terraform project: a stack, its test, a workflow, and a README with the steps. */
import { EXAMPLE_FILES } from "./example-files";
import { after, before, deployCommands, NAMES, workflow } from "./shared-files";
import { type InitValues, type InitVendor, withValues } from "./values";

/** The dependencies of the project. A test compares them with those of this package. */
export const DEPENDENCIES = { "@cdktf/provider-aws": "^21.22.1", cdktf: "^0.21.0", constructs: "^10.4.2" };
export const DEV_DEPENDENCIES = { "@types/node": "^20.19.43", tsx: "^4.23.15", typescript: "~6.0", vitest: "^4.1.12" };

/** The same for CDK Terrain. A test compares them with the generated package. */
export const CDKTN_DEPENDENCIES = { "@cdktn/provider-aws": "^25.7.0", cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" };

interface CdktfProject {
  readonly vendor: InitVendor;
  readonly values: InitValues;
  readonly version: string;
}

/** Additional text in the README of a CDK Terrain project. */
export const CDKTN_NODE = "You need Node.js 22.11 or newer. ";

/** The same project for CDK Terrain: other packages, the same classes. CDK Terrain keeps the names of cdktf.json and cdktf.out. */
export function cdktnFiles(project: CdktfProject): Readonly<Record<string, string>> {
  const { "package.json": manifest, ...files } = cdktfFiles(project);
  const { dependencies, ...rest } = JSON.parse(manifest!);
  const sources = Object.entries(files).map(([name, text]) => [name, name.endsWith(".ts") ? withCdktnImports(text) : text]);
  const readme = files["README.md"]!.replace("None of these commands needs", `${CDKTN_NODE}None of these commands needs`);
  return {
    "package.json": json({
      ...rest,
      engines: { node: ">=22.11.0" },
      dependencies: { ...CDKTN_DEPENDENCIES, "cdktn-vendor-destination": dependencies["cdktf-vendor-destination"] },
    }),
    ...Object.fromEntries(sources),
    "README.md": readme,
  };
}

function withCdktnImports(text: string): string {
  return text.replace(/(?<=from "@?)cdktf(?=["/-])/g, "cdktn");
}

export function cdktfFiles({ vendor, values, version }: CdktfProject): Readonly<Record<string, string>> {
  const { id } = NAMES[vendor];
  const example = (file: "main" | "stack" | "test") => withValues(EXAMPLE_FILES[vendor][file].join("\n"), vendor, values);
  return {
    "package.json": json({
      name: `${id}-destination`,
      private: true,
      scripts: {
        synth: "tsx main.ts",
        check: "vendor-destination check cdktf.out",
        test: "tsc && vitest run",
      },
      dependencies: { ...DEPENDENCIES, "cdktf-vendor-destination": `^${version}` },
      devDependencies: DEV_DEPENDENCIES,
      // npm asks about every script of an installation otherwise.
      allowScripts: { esbuild: true },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "ES2022",
        module: "esnext",
        moduleResolution: "bundler",
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: ["node"],
      },
      include: ["*.ts"],
    }),
    "cdktf.json": json({ language: "typescript", app: "npx tsx main.ts", output: "cdktf.out", sendCrashReports: "false" }),
    ".gitignore": "node_modules/\ncdktf.out/\n.terraform/\nterraform.tfstate*\n",
    "main.ts": example("main"),
    "stack.ts": example("stack"),
    "stack.test.ts": example("test"),
    ".github/workflows/vendor-destination.yml": workflow({ version, steps: ["npm ci", "npm test", "npm run synth"], paths: "cdktf.out" }),
    "README.md": page(vendor),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function page(vendor: InitVendor): string {
  const { name } = NAMES[vendor];
  return `# A bucket for ${name}

\`stack.ts\` defines a bucket that ${name}, and nobody else, can deliver into. \`stack.test.ts\` holds what it may do.

## Before

${before(vendor, "stack.ts")}
\`stack.ts\` keeps Terraform's state in a file: put your team's backend there.

## Install, test and check

\`\`\`sh
npm install
npm test
npm run synth
npm run check
\`\`\`

None of these commands needs an AWS account. A changed bucket name or role changes the policies in the last test of \`stack.test.ts\`: review them, then accept them.

\`\`\`sh
npx vitest run --update
\`\`\`

The workflow in \`.github/workflows\` does the same for each pull request. It needs \`package-lock.json\`, so commit that file.

## Deploy

${deployCommands(vendor)}

${after(vendor)}
`;
}
