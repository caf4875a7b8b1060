// Everything that must hold; the last line counts it all. Three rows of stages run beside each other: much of their time is spent waiting. See CONTRIBUTING.md.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureProgramBuilt } from "./build.mjs";
import { ROOT, toolEnvironment } from "./setup.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Runs a command; prints its output as a whole when it ends, so that stages beside each other stay readable. */
async function output(name, command, args) {
  const chunks = [];
  const status = await new Promise((resolve) => {
    const windows = process.platform === "win32";
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], shell: windows, env: toolEnvironment() });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
    child.once("error", (error) => chunks.push(Buffer.from(`${error.message}\n`)));
    child.once("close", (code) => resolve(code ?? 1));
  });
  console.log(`\n== ${name}\n${Buffer.concat(chunks)}`);
  return status;
}

async function stage(name, command, args) {
  const ok = (await output(name, command, args)) === 0;
  total[ok ? "passed" : "failed"] += 1;
  if (!ok) failures.push(name);
}

async function vitest(name, config) {
  const report = join(ROOT, ".cache", `${name.replaceAll(" ", "-")}.json`);
  rmSync(report, { force: true });
  const status = await output(name, "vitest", [
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) {
    total.failed += 1;
    failures.push(`${name}: did not run to its end`);
    return;
  }
  const result = JSON.parse(readFileSync(report, "utf8"));
  const found = [];
  for (const file of result.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === "failed") found.push(`${name}: ${test.fullName}`);
    }
    // A file that fails before its first test has no failed test to count.
    if (file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed")) {
      total.failed += 1;
      found.push(`${name}: ${file.name}`);
    }
  }
  if (status !== 0 && found.length === 0) {
    total.failed += 1;
    found.push(`${name}: exit code ${status}`);
  }
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests;
  total.skipped += result.numPendingTests + result.numTodoTests;
  failures.push(...found);
}

/** The check reads what was synthesized. */
async function sources() {
  await stage("types", "tsc", ["-p", "tsconfig.dev.json"]);
  await stage("lint", "biome", ["ci", "."]);
  await stage("examples synthesize", "node", ["scripts/synth.mjs"]);
  await stage("examples pass the check", "node", ["program/index.js", "check", "cdktf.out"]);
  await stage("API.md is up to date", "node", ["scripts/api.mjs", "--check"]);
  await vitest("unit tests", "vitest.config.mts");
}

/** The package tests take what was translated and built before them. */
async function packages(cdktn) {
  await stage("examples in README and doc comments compile", "jsii-rosetta", ["extract", "--strict"]);
  await cdktn;
  await vitest("package tests", "vitest.package.config.mts");
}

/** They need the program only. */
async function deployments(cdktn) {
  await vitest("end-to-end tests", "vitest.e2e.config.mts");
  await cdktn;
  await vitest("unit tests of the constructs with CDK Terrain", "vitest.cdktn.config.mts");
}

ensureProgramBuilt();
mkdirSync(join(ROOT, ".cache"), { recursive: true });
const library = stage("the library builds", "node", ["scripts/build.mjs"]);
const cdktn = library.then(() => stage("the package for CDK Terrain builds", "node", ["scripts/cdktn/package.mjs"]));
// None writes what another one reads.
await Promise.all([deployments(cdktn), library.then(() => packages(cdktn)), library.then(sources)]);

if (failures.length > 0) console.log(`\nfailed:\n${failures.map((failure) => `  ${failure}`).join("\n")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
