// Everything that must hold, one stage after the other; the last line counts it all. See CONTRIBUTING.md.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureCdktnBuilt } from "./cdktn/package.mjs";
import { ROOT, tryRun } from "./setup.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function stage(name, command, args) {
  console.log(`\n== ${name}`);
  const ok = tryRun(command, args) === 0;
  total[ok ? "passed" : "failed"] += 1;
  if (!ok) failures.push(name);
}

function vitest(name, config) {
  console.log(`\n== ${name}`);
  const report = join(ROOT, ".cache", `${name.replaceAll(" ", "-")}.json`);
  rmSync(report, { force: true });
  const status = tryRun("vitest", ["run", "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
  if (!existsSync(report)) {
    total.failed += 1;
    failures.push(`${name}: did not run to its end`);
    return;
  }
  const result = JSON.parse(readFileSync(report, "utf8"));
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests;
  total.skipped += result.numPendingTests + result.numTodoTests;
  for (const file of result.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === "failed") failures.push(`${name}: ${test.fullName}`);
    }
    // A file that fails before its first test has no failed test to count.
    if (file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed")) {
      total.failed += 1;
      failures.push(`${name}: ${file.name}`);
    }
  }
  if (status !== 0 && failures.length === 0) {
    total.failed += 1;
    failures.push(`${name}: exit code ${status}`);
  }
}

ensureBuilt();
mkdirSync(join(ROOT, ".cache"), { recursive: true });
stage("types", "tsc", ["-p", "tsconfig.dev.json"]);
stage("lint", "biome", ["ci", "."]);
stage("examples synthesise", "node", ["scripts/synth.mjs"]);
stage("examples pass the check", "node", ["program/index.js", "check", "cdktf.out"]);
vitest("unit tests", "vitest.config.mts");
stage("examples in README and doc comments compile", "jsii-rosetta", ["extract", "--strict"]);
stage("API.md is up to date", "node", ["scripts/api.mjs", "--check"]);
ensureCdktnBuilt();
vitest("unit tests of the constructs with CDK Terrain", "vitest.cdktn.config.mts");
vitest("package tests", "vitest.package.config.mts");
vitest("end-to-end tests", "vitest.e2e.config.mts");

if (failures.length > 0) console.log(`\nfailed:\n${failures.map((failure) => `  ${failure}`).join("\n")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
