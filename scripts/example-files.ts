/** Renders `cli/init/example-files.ts`: the examples as texts, so that `init` writes what the tests of this repository run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

/** Where the file is, from the root. */
export const EXAMPLE_FILES = "cli/init/example-files.ts";

/** The examples by the vendor's id in its profile. */
const FOLDERS = { kandji: "kandji", "6sense": "six-sense" } as const;
/** The ids of the stacks, as in `examples/main.ts`. */
const STACK_IDS = { kandji: "kandji", "six-sense": "sixsense" } as const;

/** The file's text. */
export function exampleFiles(): string {
  const examples = Object.entries(FOLDERS).map(([id, folder]) => {
    const read = (name: string) => JSON.stringify(readFileSync(join(ROOT, "examples", folder, name), "utf8").split("\n"));
    const stack = /class (\w+)/.exec(readFileSync(join(ROOT, "examples", folder, "stack.ts"), "utf8"))![1]!;
    const main = ['import { App } from "cdktf";', `import { ${stack} } from "./stack";`, "", "const app = new App();"];
    main.push(`new ${stack}(app, ${JSON.stringify(STACK_IDS[folder])});`, "app.synth();", "");
    const key = /^[a-z]+$/.test(id) ? id : JSON.stringify(id);
    return `  ${key}: {\n    main: ${JSON.stringify(main)},\n    stack: ${read("stack.ts")},\n    test: ${read(`${folder}.test.ts`)},\n  },`;
  });
  return `/** Written by \`scripts/write-example-files.ts\` from \`examples\`: the lines of each file. It is long, being data. */
// biome-ignore format: lines of other files
export const EXAMPLE_FILES = {
${examples.join("\n")}
} as const;
`;
}
