/**
 * Fills in the code that pages show, from the files that the tests compile and run.
 *
 * A block of code below `<!-- from: examples/kandji/stack.ts -->` is that file; one below `<!-- from: init kandji --dialect hcl, main.tf -->`
 * is the file that this command writes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { DIALECTS, type NewProject, projectFiles } from "../../cli/init/project-files";
import { EXAMPLE_VALUES, INIT_VENDORS } from "../../cli/init/values";

const ROOT = join(__dirname, "..", "..");
const SNIPPET = /^(<!-- from: (.+?) -->\n)```.*\n[\s\S]*?^```$/gm;

const LANGUAGES: Readonly<Record<string, string>> = {
  ".json": "json",
  ".md": "md",
  ".py": "python",
  ".sh": "sh",
  ".tf": "hcl",
  ".ts": "ts",
  ".yml": "yaml",
};

const GENERATED_PAGES: readonly string[] = ["docs/errors.md", "docs/vendors/known.md"];

/** The pages that are written by hand, by their paths from the root. */
export function handwrittenPages(): readonly string[] {
  const below = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((path) => join("docs", path));
  return ["README.md", "site/index.md", ...below]
    .filter((path) => path.endsWith(".md") && !path.startsWith("docs/rules") && !GENERATED_PAGES.includes(path))
    .sort();
}

/** The sources that a page names. */
export function sourcesIn(page: string): readonly string[] {
  return [...page.matchAll(SNIPPET)].map((match) => match[2]!);
}

/** The page with its code as the sources have it now. */
export function withSnippets(page: string): string {
  return page.replace(SNIPPET, (_, marker: string, source: string) => `${marker}${blockOf(source)}`);
}

function blockOf(source: string): string {
  const [text, name] = source.startsWith("init ") ? fromInit(source) : [readFileSync(join(ROOT, source), "utf8"), source];
  return `\`\`\`${LANGUAGES[extname(name)] ?? ""}\n${text.trimEnd()}\n\`\`\``;
}

function fromInit(source: string): [string, string] {
  const [, vendor, dialect, name] = /^init (\S+) --dialect (\S+), (\S+)$/.exec(source) ?? [];
  const knownVendor = INIT_VENDORS.find((one) => one === vendor);
  const knownDialect = DIALECTS.find((one) => one === dialect);
  if (knownVendor === undefined || knownDialect === undefined) throw new Error(`no command of init: ${JSON.stringify(source)}`);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const project: NewProject = {
    vendor: knownVendor,
    dialect: knownDialect,
    values: EXAMPLE_VALUES[knownVendor],
    version,
    program: () => "",
  };
  const text = projectFiles(project)[name!];
  if (text === undefined) throw new Error(`init writes no such file: ${JSON.stringify(source)}`);
  return [text, name!];
}
