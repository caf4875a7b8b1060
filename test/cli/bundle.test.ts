import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(__dirname, "..", "..");
let folder: string;

beforeAll(() => {
  const built = spawnSync(process.execPath, ["scripts/bundle.mjs"], { cwd: root, encoding: "utf8" });
  expect(built.stderr).toBe("");
  folder = mkdtempSync(join(tmpdir(), "bundle-"));
  copyFileSync(join(root, "program", "index.js"), join(folder, "index.js"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(argv: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(folder, "index.js"), ...argv], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
}

test("the program runs in an empty folder, with nothing on stderr", () => {
  const { status, stdout, stderr } = run(["--help"]);

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("validate");
});

test("the program requires nothing but what Node has, and one optional signer", () => {
  const required = [...readFileSync(join(folder, "index.js"), "utf8").matchAll(/\brequire\(\\?"([^"\\]+)\\?"\)/g)].map(([, name]) => name!);

  const foreign = required.filter((name) => !name.startsWith("node:") && !builtinModules.includes(name));
  expect(new Set(foreign)).toEqual(new Set(["@aws-sdk/signature-v4-crt"].filter((name) => foreign.includes(name))));
});

test("the program has no import() left, which code compiled from a text cannot do", () => {
  expect(readFileSync(join(folder, "index.js"), "utf8")).not.toMatch(/[^.\w$]import\(/);
});

test("the program is no larger than it has to be and comes with the notices of what is inside", () => {
  expect(statSync(join(root, "program", "index.js")).size).toBeLessThan(2_450_000);
  const notice = readFileSync(join(root, "program", "NOTICE.txt"), "utf8");
  for (const name of ["@aws-sdk/client-s3", "@smithy/core", "commander"]) expect(notice).toContain(`${name} `);
});

test("the program knows the package's version", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  expect(run(["--version"]).stdout).toBe(`${version}\n`);
});

test("without credentials and network the program cannot tell: nothing is shown as allowed or denied, and stderr holds the reason alone", () => {
  const contract = readFileSync(join(__dirname, "contracts", "kandji.json"), "utf8");
  const env = {
    HOME: folder,
    VENDOR_DESTINATION_CONTRACT: contract,
    AWS_ENDPOINT_URL: "https://127.0.0.1:9",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
  };

  const { status, stdout, stderr } = run(["validate", "--format", "json", "--timeout-seconds", "0"], env);

  expect(status).toBe(3);
  expect(stderr).toMatch(/^not proven: [^\n]*\n$/);
  const [destination] = JSON.parse(stdout).destinations;
  expect(new Set(destination.results.map(({ outcome }: { outcome: string }) => outcome))).toEqual(new Set(["unknown"]));
});

test("fails aloud and with 2 when the hook hands over something that is no contract", () => {
  const { status, stdout, stderr } = run(["validate"], { VENDOR_DESTINATION_CONTRACT: "{}" });

  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("schemaVersion");
});

test("no command prints a deprecation notice of Node.js", () => {
  const contract = readFileSync(join(__dirname, "contracts", "kandji.json"), "utf8");
  const env = {
    HOME: folder,
    NODE_OPTIONS: "--throw-deprecation",
    VENDOR_DESTINATION_CONTRACT: contract,
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
    AWS_MAX_ATTEMPTS: "1",
  };
  const offline = ["--endpoint-url", "https://127.0.0.1:9"];

  for (const argv of [
    ["validate", "--timeout-seconds", "0", ...offline],
    ["watch", "--once", ...offline],
    ["check", "."],
    ["explain", "."],
  ]) {
    const { status, stderr } = run(argv, env);

    expect(stderr, argv[0]).not.toMatch(/DEP\d{4}|Deprecat/);
    expect([0, 2, 3], argv[0]).toContain(status);
  }
});
