/** The test kit as users get it: compiled, by the package's own name, on the oldest and the newest Node.js. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(__dirname, "..", "..");

test.each([
  ["Node.js 20.9", "node-20"],
  ["Node.js 24", "node"],
])("the test kit works with node:test and node:assert, on %s", (_, folder) => {
  const node = join(ROOT, "node_modules", folder, "bin", "node");

  const { status, stdout } = spawnSync(node, ["--test", join(ROOT, "test", "testing", "plain-node.cjs")], { cwd: ROOT, encoding: "utf8" });

  expect(stdout).toMatch(/pass 3\n/);
  expect(status).toBe(0);
});
