/** The package for CDK Terrain as users get it: packed, installed into an empty project, and compared with the package for CDK for Terraform. */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { brokenLinks } from "../../scripts/docs/links";
import { appsOf, CDKTF, CDKTN, codeBlocks, projectWith, synthesizeIn, withoutVersions } from "./dialects";
import { emptyFolder, filesOf, NODES, pack, ROOT } from "./projects";

const NODE = NODES[1][1];
/** Uses every construct and each kind of value that the framework resolves. */
const PROGRAM = join(ROOT, "test", "package", "every-construct.cjs");
const VERSIONS = JSON.parse(readFileSync(join(ROOT, "packages", "cdktn-vendor-destination", "package.json"), "utf8")).devDependencies;

const tarballs = { cdktf: "", cdktn: "" };
let cdktf: string;
let cdktn: string;
/** The installed package. */
let installed: string;

beforeAll(() => {
  execFileSync("node", ["scripts/cdktn/package.mjs"], { cwd: ROOT, stdio: "pipe" });
  tarballs.cdktf = pack(ROOT);
  tarballs.cdktn = pack(join(ROOT, ".cache", "cdktn", "package"));
  cdktf = projectWith(CDKTF, tarballs.cdktf);
  cdktn = projectWith(CDKTN, tarballs.cdktn);
  installed = join(cdktn, "node_modules", CDKTN.name);
});

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

describe("the package", () => {
  test("holds the same files as the other one", () => {
    expect(filesOf(tarballs.cdktn)).toEqual(filesOf(tarballs.cdktf));
  });

  test("installs without dependencies and without install scripts", () => {
    const { packages } = JSON.parse(readFileSync(join(cdktn, "package-lock.json"), "utf8"));
    const own = Object.entries<{ peer?: boolean; hasInstallScript?: boolean }>(packages).filter(([path, { peer }]) => path && !peer);

    expect(own.map(([path]) => path)).toEqual(["node_modules/cdktn-vendor-destination"]);
    expect(own[0]![1].hasInstallScript).toBeUndefined();
  });

  test("takes its bounds from its peers, and everything else from the other package", () => {
    const { peerDependencies, engines, version, license, bin, exports } = manifestOf(installed);
    const provider = manifestOf(join(CDKTN.modules, "@cdktn", "provider-aws"));
    const other = manifestOf(ROOT);

    expect(peerDependencies).toEqual({ ...provider.peerDependencies, "@cdktn/provider-aws": `^${provider.version}` });
    expect(engines).toEqual(provider.engines);
    expect({ version, license, bin, exports }).toEqual({
      version: other.version,
      license: other.license,
      bin: other.bin,
      exports: other.exports,
    });
  });

  test("ships the same program, and an assembly for other languages under names of its own", () => {
    const assembly = JSON.parse(readFileSync(join(installed, ".jsii"), "utf8"));
    const other = JSON.parse(readFileSync(join(ROOT, ".jsii"), "utf8"));
    const types = (name: string, { types }: { types: object }) => Object.keys(types).map((type) => type.replace(`${name}.`, ""));

    expect(readFileSync(join(installed, "program", "index.js")).equals(readFileSync(join(ROOT, "program", "index.js")))).toBe(true);
    expect(Object.keys(assembly.dependencies).sort()).toEqual(["@cdktn/provider-aws", "cdktn", "constructs"]);
    expect(types(CDKTN.name, assembly)).toEqual(types(CDKTF.name, other));
    expect(assembly.targets).toMatchObject({
      python: { distName: "cdktn-vendor-destination", module: "cdktn_vendor_destination" },
      java: { maven: { groupId: "io.github.cdktf-vendor-destination", artifactId: "cdktn-vendor-destination" } },
      go: { moduleName: "github.com/cdktf-vendor-destination/cdktn-vendor-destination-go" },
    });
  });

  test("speaks of cdktf only in addresses, in the folder cdktf.out, and where it says what the other package is", () => {
    const texts = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) => /^(lib|docs|README|API)/.test(file));
    const found = texts
      .filter(
        (file) => /\.(js|ts|md)$/.test(file) && !["cdktn.md", "languages.md", "quick-start.md"].some((name) => file === join("docs", name)),
      )
      .flatMap((file) =>
        readFileSync(join(installed, file), "utf8")
          .replace(/^\/\/# sourceMappingURL.*/m, "")
          .split("\n"),
      )
      .map((line) => line.replace(/https:\S+|cdktf-vendor-destination\/cdktf-vendor-destination@|cdktf\.out|CDKTF_\w+/g, ""))
      .filter((line) => /cdktf/i.test(line));

    expect(found).toEqual([expect.stringContaining("It is the package `cdktf-vendor-destination` for those who have moved")]);
  });

  test("has no link to a file or an anchor that it does not hold", () => {
    const pages = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));

    expect(pages.flatMap((page) => brokenLinks(page, installed, ROOT).map((link) => `${page} > ${link}`))).toEqual([]);
  });

  test("its README and the page about moving name the versions that it is tested with", () => {
    const readme = readFileSync(join(installed, "README.md"), "utf8");
    const page = readFileSync(join(ROOT, "docs", "cdktn.md"), "utf8");
    const { peerDependencies } = manifestOf(installed);

    expect(readme).toContain("`npx vendor-destination init kandji --dialect cdktn` (or `6sense`) writes a project");
    for (const [name, version] of Object.entries(VERSIONS)) {
      expect(readme).toMatch(new RegExp(`^\\| ${name} \\| .* \\| ${version}( |$)`.replaceAll(".", "\\.").replaceAll("\\.*", ".*"), "m"));
    }
    for (const [name, bounds] of Object.entries(peerDependencies)) {
      for (const text of [readme, page]) expect(text).toContain(`${name}@${bounds}`);
    }
  });
});

describe("synthesis", () => {
  test("the stacks of the README pass the check, and equal those of the other package but for versions", () => {
    const [ours, others] = [installed, join(cdktf, "node_modules", CDKTF.name)].map((folder) => appsOf(join(folder, "README.md")));

    expect(ours!.length).toBe(2);
    for (const [index, code] of ours!.entries()) {
      writeFileSync(join(cdktn, "main.js"), code);
      writeFileSync(join(cdktf, "main.js"), others![index]!);
      const [stack, other] = [synthesizeIn(cdktn, NODE, "main.js"), synthesizeIn(cdktf, NODE, "main.js")];

      expect(Object.values(stack).map(withoutVersions)).toEqual(Object.values(other).map(withoutVersions));
      const checked = spawnSync(NODE, [join(installed, "program", "index.js"), "check", "cdktf.out"], { cwd: cdktn, encoding: "utf8" });
      expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    }
  });

  test("each names the versions of its own framework and provider", () => {
    const [stack, other] = [synthesizeIn(cdktn, NODE, "main.js"), synthesizeIn(cdktf, NODE, "main.js")].map(
      (stacks) => Object.values(stacks)[0]!,
    );

    expect(stack!["//"].metadata.version).toBe(VERSIONS.cdktn);
    expect(stack!.terraform.required_providers.aws).toEqual({ source: "hashicorp/aws", version: "6.66.0" });
    expect(other!.terraform.required_providers.aws).toEqual({ source: "aws", version: "6.25.0" });
  });

  test("moving a stack as documented changes imports only, and the JSON stays", () => {
    const sources = emptyFolder();
    copyFileSync(PROGRAM, join(sources, "main.js"));
    for (const folder of ["cdktf.out", "node_modules"]) {
      mkdirSync(join(sources, folder));
      writeFileSync(join(sources, folder, "index.js"), 'require("cdktf");');
    }
    const command = codeBlocks(join(ROOT, "docs", "cdktn.md"), "sh").find((block) => block.includes("sed "))!;

    execFileSync("sh", ["-c", command], { cwd: sources });

    // What is not a source of the app stays as it was, without a copy beside it.
    for (const folder of ["cdktf.out", "node_modules"]) {
      expect(readdirSync(join(sources, folder))).toEqual(["index.js"]);
      expect(readFileSync(join(sources, folder, "index.js"), "utf8")).toBe('require("cdktf");');
    }
    const before = readFileSync(PROGRAM, "utf8").split("\n");
    const after = readFileSync(join(sources, "main.js"), "utf8").split("\n");
    expect(after.length).toBe(before.length);
    expect(after.filter((line, index) => line !== before[index]).every((line) => line.includes("require("))).toBe(true);
    copyFileSync(join(sources, "main.js"), join(cdktn, "every.js"));
    copyFileSync(PROGRAM, join(cdktf, "every.js"));
    const [stacks, others] = [synthesizeIn(cdktn, NODE, "every.js"), synthesizeIn(cdktf, NODE, "every.js")];
    expect(Object.keys(stacks)).toEqual(["every", "tokens"]);
    for (const id of Object.keys(others)) expect(withoutVersions(stacks[id]!)).toEqual(withoutVersions(others[id]!));
  });

  test("fails with the same message where the vendor does not support the region", () => {
    const code = `const { TerraformStack, Testing } = require("cdktn");
      const { SixSenseDestination } = require("cdktn-vendor-destination");
      new SixSenseDestination(new TerraformStack(Testing.app(), "s"), "D", { bucketName: "acme-logs", region: "eu-south-1", vendorRoleArn: "arn:aws:iam::222222222222:role/r", dataPacks: { filePath: "d" } });`;

    const run = spawnSync(NODE, ["-e", code], { cwd: cdktn, encoding: "utf8" });

    expect(run.status).toBe(1);
    expect(run.stderr).toContain("UnsupportedRegion: 'region'");
  });

  test("a bucket in the account-regional namespace, which the newer provider knows, passes the check", () => {
    const code = `const { App, TerraformStack } = require("cdktn");
      const { AwsProvider } = require("@cdktn/provider-aws/lib/provider");
      const { KandjiDestination } = require("cdktn-vendor-destination");
      const app = new App();
      const stack = new TerraformStack(app, "kandji");
      new AwsProvider(stack, "aws", { region: "eu-central-1" });
      const destination = new KandjiDestination(stack, "Kandji", { bucketName: "acme-111111111111-eu-central-1-an", vendorAccountId: "222222222222", vendorRoleName: "kandji" });
      destination.bucket.bucket.bucketNamespace = "account-regional";
      app.synth();`;
    writeFileSync(join(cdktn, "namespace.js"), code);

    const { kandji } = synthesizeIn(cdktn, NODE, "namespace.js");

    expect(Object.values<any>(kandji.resource.aws_s3_bucket)[0].bucket_namespace).toBe("account-regional");
    const checked = spawnSync(NODE, [join(installed, "program", "index.js"), "check", "cdktf.out"], { cwd: cdktn, encoding: "utf8" });
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
  });
});

test("the test kit works with node:test and node:assert", () => {
  const text = readFileSync(join(ROOT, "test", "testing", "plain-node.cjs"), "utf8");
  writeFileSync(join(cdktn, "kit.cjs"), text.replaceAll("@cdktf/", "@cdktn/").replaceAll(/"cdktf/g, '"cdktn'));

  const { status, stdout } = spawnSync(NODE, ["--test", "kit.cjs"], { cwd: cdktn, encoding: "utf8" });

  expect(stdout).toMatch(/pass 3\n/);
  expect(status).toBe(0);
});

test("TypeScript accepts the apps of the README", () => {
  const apps = codeBlocks(join(installed, "README.md"), "ts");
  for (const [index, code] of apps.entries()) writeFileSync(join(cdktn, `app-${index}.ts`), `${code}\nexport {};\n`);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: "node16",
    moduleResolution: "node16",
    target: "ES2022",
    types: [],
  };
  writeFileSync(join(cdktn, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["app-*.ts"] }));

  const { status, stdout } = spawnSync(NODE, [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", "."], {
    cwd: cdktn,
    encoding: "utf8",
  });

  expect(stdout).toBe("");
  expect(status).toBe(0);
  expect(apps.length).toBeGreaterThan(3);
});

test.each(["cdktn-vendor-destination", "languages"])("the lock file in packages/%s names no host", (folder) => {
  expect(readFileSync(join(ROOT, "packages", folder, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});
