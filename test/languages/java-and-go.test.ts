/** The programs in Java and Go of the page about languages synthesize what the examples in TypeScript do. Not in `npm test`: `npm run test:languages`. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { codeBlocks, readStacks } from "../package/dialects";
import { emptyFolder, ROOT } from "../package/projects";

const HOME = join(ROOT, ".cache", "languages");
const [GENERATED, BINDINGS] = [join(HOME, "generated"), join(HOME, "bindings")];
const PAGE = join(ROOT, "docs", "languages.md");
const PATH = [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);
const MODULES = {
  "github.com/cdktf-vendor-destination/cdktf-vendor-destination-go/vendordestination": join(GENERATED, "go", "vendordestination"),
  "github.com/cdktf/cdktf-provider-aws-go/aws/v21": join(BINDINGS, "go", "aws"),
};

/** What the examples in TypeScript synthesize. */
let examples: Record<string, any>;

beforeAll(() => {
  execFileSync("node", ["scripts/languages/bindings.mjs"], { cwd: ROOT, stdio: "pipe" });
  const folder = emptyFolder();
  execFileSync("tsx", [join(ROOT, "examples", "main.ts")], {
    cwd: ROOT,
    env: { ...process.env, PATH, CDKTF_OUTDIR: join(folder, "cdktf.out") },
  });
  examples = readStacks(folder);
});

/** An empty project with a folder for temporary files, where jsii finds no package.json that somebody left above. */
function project(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), "{}");
  mkdirSync(join(folder, "tmp"));
  return folder;
}

function run(command: string, args: readonly string[], cwd: string) {
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, PATH, TMPDIR: join(cwd, "tmp"), GOFLAGS: "-mod=mod" } });
}

function mustRun(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = run(command, args, cwd);
  expect(status, stderr).toBe(0);
}

const filesBelow = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

test("Java", ({ skip }) => {
  const folder = project();
  cpSync(join(ROOT, "packages", "languages", "java", "pom.xml"), join(folder, "pom.xml"));
  if (run("javac", ["-version"], folder).status !== 0) return skip("no JDK was found");
  const jars = run("mvn", ["--quiet", "--batch-mode", "dependency:copy-dependencies", "-DoutputDirectory=jars"], folder);
  if (jars.status !== 0) return skip("Maven was not found, or cannot have what packages/languages/java/pom.xml lists");
  const classes = join(folder, "classes");
  mkdirSync(classes);
  const parts = [join(GENERATED, "java"), join(BINDINGS, "java")].map((part) => join(part, "src", "main"));
  for (const part of parts) cpSync(join(part, "resources"), classes, { recursive: true });
  writeFileSync(join(folder, "Main.java"), codeBlocks(PAGE, "java")[0]!);
  const sources = [...parts.flatMap((part) => filesBelow(join(part, "java"), ".java")), "Main.java"];
  writeFileSync(join(folder, "sources"), sources.join("\n"));

  mustRun("javac", ["-nowarn", "-proc:none", "-d", classes, "-cp", "jars/*", "@sources"], folder);
  mustRun("java", [`-Djava.io.tmpdir=${join(folder, "tmp")}`, "-cp", ["classes", "jars/*"].join(delimiter), "Main"], folder);

  expect(readStacks(folder)).toEqual(examples);
});

test("Go", ({ skip }) => {
  const folder = project();
  if (run("go", ["version"], folder).status !== 0) return skip("no Go was found");
  writeFileSync(join(folder, "main.go"), codeBlocks(PAGE, "go")[0]!);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const [own, provider] = Object.keys(MODULES);
  const required = [`${own} v${version}`, `${provider} v21.22.1`, "github.com/hashicorp/terraform-cdk-go/cdktf v0.21.0"];
  const replaced = Object.entries(MODULES).map(([module, path]) => `replace ${module} => ${path}`);
  writeFileSync(
    join(folder, "go.mod"),
    `module destinations\n\ngo 1.25\n\nrequire (\n\t${required.join("\n\t")}\n)\n\n${replaced.join("\n")}\n`,
  );
  if (run("go", ["mod", "download"], folder).status !== 0) return skip("Go cannot have the modules of CDK for Terraform");

  mustRun("go", ["build", "-o", "destinations", "."], folder);
  mustRun("./destinations", [], folder);

  expect(readStacks(folder)).toEqual(examples);
});
