/** The package as users get it: packed, installed into an empty project, loaded and run on the oldest and the newest Node.js. */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { brokenLinks } from "../../scripts/docs/links";
import { MANAGERS, managedProject } from "./managers";
import { emptyFolder, filesOf, NODES, pack, ROOT } from "./projects";

describe("the program", () => {
  const program = join(ROOT, "program", "index.js");

  test("is one file that requires Node.js's own modules only", () => {
    const text = readFileSync(program, "utf8");
    const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]!.replace(/^node:/, ""));
    const foreign = new Set(required.filter((name) => !builtinModules.includes(name)));

    // The SDK asks for its native signer where it is installed, and goes on without it.
    foreign.delete("@aws-sdk/signature-v4-crt");
    expect([...foreign]).toEqual([]);
    expect(text.length).toBeLessThan(2_450_000);
    expect(readdirSync(join(ROOT, "program")).sort()).toEqual(["NOTICE.txt", "index.js"]);
  });

  test.each(NODES)("runs in an empty folder, and says nothing on stderr, on %s", (_, node) => {
    const folder = emptyFolder();
    copyFileSync(program, join(folder, "index.js"));

    const help = spawnSync(node, ["index.js", "--help"], { cwd: folder, encoding: "utf8" });
    const validate = spawnSync(node, ["index.js", "validate"], { cwd: folder, encoding: "utf8", env: { PATH: process.env.PATH } });

    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain("validate");
    expect(validate.status).toBe(2);
    expect(validate.stderr).toContain("VENDOR_DESTINATION_CONTRACT");
  });
});

/** A customer's program. */
const MAIN = `const { App, TerraformStack } = require("cdktf");
  const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
  const { KandjiDestination } = require("cdktf-vendor-destination");
  const app = new App();
  const stack = new TerraformStack(app, "kandji");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  new KandjiDestination(stack, "Kandji", { bucketName: "acme-kandji", vendorAccountId: "222222222222", vendorRoleName: "kandji" });
  app.synth();`;
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];

describe("the packed tarball", () => {
  let tarball: string;
  let project: string;

  beforeAll(() => {
    tarball = pack(ROOT);
    project = emptyFolder();
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "customer", private: true }));
    // Without the peers: their download would take minutes and prove nothing about this package. They are taken from here.
    execFileSync("npm", ["install", "--omit=peer", "--no-audit", "--no-fund", "--silent", tarball], { cwd: project });
    mkdirSync(join(project, "node_modules", "@cdktf"), { recursive: true });
    for (const peer of PEERS) {
      symlinkSync(join(ROOT, "node_modules", peer), join(project, "node_modules", peer));
    }
    writeFileSync(join(project, "main.js"), MAIN);
  });

  test("installs without dependencies and without install scripts", () => {
    const { packages } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
    const installed = Object.entries<{ peer?: boolean; hasInstallScript?: boolean }>(packages).filter(([path, { peer }]) => path && !peer);

    expect(installed.map(([path]) => path)).toEqual(["node_modules/cdktf-vendor-destination"]);
    expect(installed[0]![1].hasInstallScript).toBeUndefined();
  });

  test("holds what users need, and nothing else", () => {
    const sources = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" }).filter((file) => /(?<!\.d)\.ts$/.test(file));
    const compiled = sources.flatMap((file) => [".js", ".d.ts"].map((end) => `lib/${file.replace(/\.ts$/, end)}`));
    const pages = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
    const schemas = readdirSync(join(ROOT, "schemas"));

    expect(filesOf(tarball)).toEqual(
      [
        ".jsii",
        "API.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "NOTICE",
        "README.md",
        "SECURITY.md",
        "package.json",
        "program/NOTICE.txt",
        "program/index.js",
        ...compiled,
        ...pages.map((file) => `docs/${file}`),
        ...schemas.map((name) => `schemas/${name}`),
      ].sort(),
    );
    expect(sources.length).toBeGreaterThan(200);
  });

  test("has no link to a file or an anchor that it does not hold", () => {
    const folder = join(project, "node_modules", "cdktf-vendor-destination");
    const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
    const broken = pages.flatMap((page) => brokenLinks(page, folder, ROOT).map((link) => `${page} > ${link}`));

    expect(pages.length).toBeGreaterThan(10);
    expect(broken).toEqual([]);
  });

  test("loads its judge at the first synthesis, and not with the package", () => {
    const script = `const { App, TerraformStack } = require("cdktf");
      const { KandjiDestination } = require("cdktf-vendor-destination");
      const stack = new TerraformStack(new App(), "kandji");
      new KandjiDestination(stack, "Kandji", { bucketName: "acme-kandji", vendorAccountId: "222222222222", vendorRoleName: "kandji" });
      const rooms = /cdktf-vendor-destination.lib.(judge|evaluate|plan|rules).index/;
      console.log(Object.keys(require.cache).filter((path) => rooms.test(path)).length);`;

    const run = spawnSync(NODES[1][1], ["-e", script], { cwd: project, encoding: "utf8" });

    expect(run.stdout).toBe("0\n");
  });

  test.each(NODES)("loads and synthesizes in an empty project, without Terraform, on %s", (_, node) => {
    rmSync(join(project, "cdktf.out"), { recursive: true, force: true });

    const run = spawnSync(node, ["--no-deprecation", "main.js"], { cwd: project, encoding: "utf8", env: { PATH: "/nonexistent" } });

    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    const stack = join(project, "cdktf.out", "stacks", "kandji");
    expect(existsSync(join(stack, "cdk.tf.json"))).toBe(true);
    expect(readdirSync(stack, { recursive: true }).some((file) => String(file).endsWith("index.js"))).toBe(true);
  });

  test.each(NODES)("brings the program as a command that checks that plan, on %s", (_, node) => {
    const program = join(project, "node_modules", "cdktf-vendor-destination", "program", "index.js");

    const run = spawnSync(node, [program, "check", "cdktf.out"], { cwd: project, encoding: "utf8" });

    expect(run.stderr).toBe("");
    expect(run.status, run.stdout).toBe(0);
  });

  test.for(MANAGERS)("is installed, synthesizes and is checked with $name", (manager, { skip }) => {
    const peers = Object.fromEntries(PEERS.map((peer) => [peer, `link:${join(ROOT, "node_modules", peer)}`]));
    const managed = managedProject(manager, { ...peers, "cdktf-vendor-destination": `file:${tarball}` });
    if (typeof managed === "string") return skip(managed);
    writeFileSync(join(managed.folder, "main.js"), MAIN);

    const runs = [managed.install(), managed.node("main.js"), managed.exec("vendor-destination", "check", "cdktf.out")];

    for (const run of runs) expect(run.status, run.stdout + run.stderr).toBe(0);
    expect(runs[2]!.stdout).toContain("Kandji");
  });
});

test("the lock file names no host", () => {
  expect(readFileSync(join(ROOT, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});
