/** What the exit code is, and what is said, where nothing failed and nothing could be proven. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, folder } from "../run-program";

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
});

test("exits with 0 where what is unknown is to be warned of only, and still says so", async () => {
  const { code, err } = await cli(...ARGV, "--on-unknown", "warn");

  expect(code).toBe(0);
  expect(err).toMatch(/^not proven: .*; it exits with 0, because --on-unknown is warn\n$/);
});

test("is in each of several reports of one run, and quietly said on standard output", async () => {
  const files = folder({});
  const [json, junit, text] = ["a.json", "b.xml", "c.txt"].map((name) => join(files, name)) as [string, string, string];
  const formats = ["--format", `json=${json}`, "--format", `junit=${junit}`, "--format", `text=${text}`];

  const { code, out } = await cli(...ARGV.slice(0, -2), ...formats, "--quiet");

  expect(code).toBe(3);
  expect(JSON.parse(readFileSync(json, "utf8")).exitCode).toBe(3);
  expect(readFileSync(junit, "utf8")).toContain("<testsuites");
  expect(readFileSync(text, "utf8")).toMatch(/\n1 destination: 0 passed, /);
  expect(out).toMatch(/^\? .*\n$/);
});
