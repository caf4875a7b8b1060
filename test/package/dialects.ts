/** The packages of one set of constructs: for CDK for Terraform, and for CDK Terrain. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { emptyFolder, ROOT } from "./projects";

/** A package, and the modules that its users have. */
export interface Dialect {
  readonly name: string;
  readonly peers: readonly string[];
  /** Where the peers are. */
  readonly modules: string;
}

export const CDKTF: Dialect = {
  name: "cdktf-vendor-destination",
  peers: ["cdktf", "constructs", "@cdktf/provider-aws"],
  modules: join(ROOT, "node_modules"),
};

export const CDKTN: Dialect = {
  name: "cdktn-vendor-destination",
  peers: ["cdktn", "constructs", "@cdktn/provider-aws"],
  modules: join(ROOT, ".cache", "cdktn", "node_modules"),
};

/** An empty project with a packed package and its peers, which are linked: their download would take minutes and prove nothing. */
export function projectWith(dialect: Dialect, tarball: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "customer", private: true }));
  execFileSync("npm", ["install", "--omit=peer", "--no-audit", "--no-fund", "--silent", tarball], { cwd: folder });
  for (const peer of dialect.peers) {
    const link = join(folder, "node_modules", peer);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(dialect.modules, peer), link);
  }
  return folder;
}

/** The code blocks of a page in one language. */
export function codeBlocks(page: string, language: string): string[] {
  return [...readFileSync(page, "utf8").matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm"))].map(
    (match) => match[1]!,
  );
}

/** The programs of a README that define an app, as CommonJS. */
export function appsOf(page: string): string[] {
  const apps = codeBlocks(page, "ts").filter((code) => code.includes("app.synth()"));
  return apps.map((code) => transformSync(code, { loader: "ts", format: "cjs" }).code);
}

/** Runs a program in a project; answers with the Terraform JSON of its stacks. */
export function synthesizeIn(project: string, node: string, file: string): Record<string, any> {
  rmSync(join(project, "cdktf.out"), { recursive: true, force: true });
  execFileSync(node, ["--no-deprecation", file], { cwd: project, env: { PATH: "/nonexistent" }, stdio: "pipe" });
  return readStacks(project);
}

/** The Terraform JSON of the stacks in a folder's `cdktf.out`, as if the program had run in the folder `/project`. */
export function readStacks(folder: string, ranIn = folder): Record<string, any> {
  const read = (path: string) => JSON.parse(readFileSync(join(folder, "cdktf.out", path), "utf8").replaceAll(ranIn, "/project"));
  const stacks = Object.entries<{ synthesizedStackPath: string }>(read("manifest.json").stacks);
  return Object.fromEntries(stacks.map(([id, { synthesizedStackPath }]) => [id, read(synthesizedStackPath)]));
}

/** Both are short for `registry.terraform.io/hashicorp/aws`. */
const AWS_SOURCES = ["aws", "hashicorp/aws"];

/** Terraform JSON without the versions of the framework and of the AWS provider, and with one spelling of that provider's address. */
export function withoutVersions(stack: Record<string, any>): Record<string, any> {
  const copy = structuredClone(stack);
  const { aws } = copy.terraform.required_providers;
  delete copy["//"].metadata.version;
  delete aws.version;
  if (AWS_SOURCES.includes(aws.source)) aws.source = "hashicorp/aws";
  return copy;
}
