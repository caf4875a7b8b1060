/** What the exit code is, and what is said, where nothing failed and nothing could be proven. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli } from "../run-program";

const CONTRACT = join(__dirname, "..", "contracts", "kandji.json");
const ARGV = [
  "validate",
  "--contract",
  CONTRACT,
  "--endpoint-url",
  "https://127.0.0.1:9",
  "--timeout-seconds",
  "0",
  "--profile",
  "none",
  "--format",
  "json",
];

test("fails by default, with the reason in one line", async () => {
  const { code, err } = await cli(...ARGV);

  expect(code).toBe(3);
  expect(err).toMatch(/^not proven: \d+ of \d+ results are unknown \(.*\); it exits with 3, because --on-unknown is fail\n$/);
}, 60_000);

test("exits with 0 where what is unknown is to be warned of only, and still says so", async () => {
  const { code, err } = await cli(...ARGV, "--on-unknown", "warn");

  expect(code).toBe(0);
  expect(err).toMatch(/^not proven: .*; it exits with 0, because --on-unknown is warn\n$/);
}, 60_000);
