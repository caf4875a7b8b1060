/** Renders `cli/init/example-files.ts`: examples and modules as texts, so that `init` writes what the tests of this repository run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

/** Where the file is, from the root. */
export const EXAMPLE_FILES = "cli/init/example-files.ts";

/** The examples by the vendor's id in its profile. */
const FOLDERS = { kandji: "kandji", "6sense": "six-sense" } as const;
/** The ids of the stacks, as in `examples/main.ts`. */
const STACK_IDS = { kandji: "kandji", "six-sense": "sixsense" } as const;

/** The files of a module that a project needs. */
const MODULE_FILES = ["README.md", "main.tf", "outputs.tf", "variables.tf", "versions.tf"];

/** The file's text. */
export function exampleFiles(): string {
  const examples = Object.entries(FOLDERS).map(([id, folder]) => {
    const read = (name: string) => lines(join("examples", folder, name));
    const stack = /class (\w+)/.exec(readFileSync(join(ROOT, "examples", folder, "stack.ts"), "utf8"))![1]!;
    const main = ['import { App } from "cdktf";', `import { ${stack} } from "./stack";`, "", "const app = new App();"];
    main.push(`new ${stack}(app, ${JSON.stringify(STACK_IDS[folder])});`, "app.synth();", "");
    return `  ${keyOf(id)}: {\n    main: ${JSON.stringify(main)},\n    stack: ${read("stack.ts")},\n    test: ${read(`${folder}.test.ts`)},\n  },`;
  });
  const modules = Object.keys(FOLDERS).map((id) => {
    const files = MODULE_FILES.map((name) => `    ${JSON.stringify(name)}: ${lines(join("modules", id, name))},`);
    return `  ${keyOf(id)}: {\n${files.join("\n")}\n  },`;
  });
  return `/** Written by \`scripts/write-example-files.ts\` from \`examples\` and \`modules\`: the lines of each file. It is long, being data. */
// biome-ignore format: lines of other files
export const EXAMPLE_FILES = {
${examples.join("\n")}
} as const;

// biome-ignore format: lines of other files
export const MODULE_FILES = {
${modules.join("\n")}
} as const;
`;
}

function lines(path: string): string {
  return JSON.stringify(readFileSync(join(ROOT, path), "utf8").split("\n"));
}

function keyOf(id: string): string {
  return /^[a-z]+$/.test(id) ? id : JSON.stringify(id);
}
