/** The files that check reads and writes, and what it says of those that it cannot. */
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { CONFIGURATION_NAMES } from "../../../cli/input";
import { planOf } from "../../mutants/plans";
import { BY_HAND, examplesFolder, withoutStatement } from "../example-plans";
import { cli, folder } from "../run-program";

const read = async (...paths: string[]) => {
  const { out } = await cli("check", "--format", "json", ...paths);
  return JSON.parse(out);
};

test.each(CONFIGURATION_NAMES)("a folder that holds only %s is read, as the help of check says", async (name) => {
  const hcl = 'resource "aws_s3_bucket" "logs" { bucket = "acme-logs" }';
  const json = { resource: { aws_s3_bucket: { logs: { bucket: "acme-logs" } } } };
  const path = folder({ [name.replace("*", "main")]: name.endsWith(".json") ? json : hcl });

  expect((await cli("check", "--help")).out.replaceAll(/\s+/g, " ")).toContain(CONFIGURATION_NAMES.join(", "));
  expect((await cli("access", path)).out).toContain("acme-logs");
});

describe("a file is read once", () => {
  test.each<[string, (path: string) => string[]]>([
    ["twice", (path) => [join(path, "a/cdk.tf.json"), join(path, "a/cdk.tf.json")]],
    ["by another spelling of its path", (path) => [join(path, "a/cdk.tf.json"), relative(".", join(path, "a/cdk.tf.json"))]],
    ["with a detour", (path) => [join(path, "a/cdk.tf.json"), `${path}/b/../a/./cdk.tf.json`]],
    ["by a link to its folder", (path) => [join(path, "a/cdk.tf.json"), join(path, "link/cdk.tf.json")]],
    ["beside its folder", (path) => [join(path, "a"), join(path, "a/cdk.tf.json")]],
    ["by its folder, twice", (path) => [join(path, "a"), `${path}/a/`]],
  ])("where it is named %s", async (_, paths) => {
    const path = folder({ "a/cdk.tf.json": planOf("kandji"), "b/other.txt": "" });
    symlinkSync(join(path, "a"), join(path, "link"));

    const { models, destinations } = await read(...paths(path));

    expect(models).toHaveLength(1);
    expect(destinations).toHaveLength(1);
  });

  test("but a file that several modules link to belongs to each", async () => {
    const { provider, resource } = BY_HAND;
    const other = JSON.parse(JSON.stringify(resource).replaceAll("acme-kandji", "acme-other"));
    const path = folder({ "shared/provider.tf.json": { provider }, "a/main.tf.json": { resource }, "b/main.tf.json": { resource: other } });
    for (const name of ["a", "b"]) symlinkSync(join(path, "shared/provider.tf.json"), join(path, name, "provider.tf.json"));
    const region = ["--vendor", "kandji", "--vendor-role-arn", "arn:aws:iam::222222222222:role/kandji-activity"];

    for (const name of ["a", "b"]) {
      const { models } = await read(join(path, name), ...region);

      expect(models).toHaveLength(1);
    }
    expect((await read(join(path, "a"), join(path, "b"))).models).toHaveLength(2);
  });
});

test("a file is read with the local modules that it calls, and a note names the files beside it", async () => {
  const path = folder({
    "main.tf": 'module "logs" {\n  source = "./modules/logs"\n}\n',
    "modules/logs/main.tf": 'module "bucket" {\n  source = "../bucket"\n}\n',
    "modules/bucket/main.tf": 'resource "aws_s3_bucket" "logs" {\n  bucket = "acme-logs"\n}\n',
    "other.tf": "",
  });

  const { out } = await cli("check", join(path, "main.tf"));

  expect(out).toContain("module.logs.module.bucket.aws_s3_bucket.logs");
  expect(out).not.toContain("is not read: the folder");
  expect(out).toContain(`${join(path, "other.tf")} was not read, although Terraform would load it: name the folder`);
});

describe("exit code 2 names the option, the file and what to do", () => {
  const AGAINST = "name the earlier plan, state or folder, or write prior-state";

  test("for --against", async () => {
    const empty = folder({ "notes.txt": "" });
    const missing = await cli("check", "--against", "nope", examplesFolder());
    const withoutFiles = await cli("check", "--against", empty, examplesFolder());

    expect(missing.err).toBe(
      `UnreadableFile: '--against' must name a file that can be read, got "nope"; ${AGAINST} (there is no such file or folder)\n`,
    );
    expect(withoutFiles.err).toBe(
      `NoTerraformFiles: '--against' names a folder that holds none of ${CONFIGURATION_NAMES.join(", ")}; synthesize first, or name a plan or state file (at ${empty})\n`,
    );
    expect([missing.code, withoutFiles.code]).toEqual([2, 2]);
  });

  test.each([
    ["--pin", "UnreadableFile: '--pin' must name a file that can be read", "name the file that --write-pin wrote"],
    ["--write-pin", "UnwritableFile: '--write-pin' must name a file that can be written", "name a file in a folder that exists"],
    ["--output", "UnwritableFile: '--output' must name a file that can be written", "name a file in a folder that exists"],
  ])("for %s", async (option, message, remedy) => {
    for (const file of ["/does/not/exist", ""]) {
      const { code, err } = await cli("check", option, file, examplesFolder());

      expect(err).toContain(`${message}, got ${JSON.stringify(file)}; ${remedy}`);
      expect(code).toBe(2);
    }
  });

  test.each([
    [
      "a missing path",
      ["nope.json"],
      "the path cannot be read: there is no such file or folder; name a folder or file that exists and can be read (at nope.json)",
    ],
    ["a path below a file", ["package.json/x"], "the path cannot be read: a part of its path is not a folder;"],
    ["a folder as pin", ["--pin", "."], "name the file that --write-pin wrote (it is a folder)"],
    ["a missing folder of the report", ["--output", "nope/x"], "can be written to (there is no such file or folder)"],
  ])("in words for %s", async (_, args, reason) => {
    const { code, err } = await cli("check", ...args, ...(args[0]!.startsWith("--") ? [examplesFolder()] : []));

    expect(err).toContain(reason);
    expect(code).toBe(2);
  });

  test("for --pin together with --write-pin, and nothing is written", async () => {
    const path = examplesFolder();
    const pin = join(path, "pin.json");

    const { code, err } = await cli("check", "--pin", pin, "--write-pin", pin, path);

    expect(err).toMatch(/^InvalidOption: '--write-pin' .* cannot be given with '--pin'; compare with --pin first/);
    expect(code).toBe(2);
    expect(existsSync(pin)).toBe(false);
  });
});

describe("a report or a pin never replaces a file of Terraform", () => {
  const PLAN = { format_version: "1.2", terraform_version: "1.11.4", planned_values: {} };
  const FILES: readonly (readonly [string, string | Uint8Array])[] = [
    ["plan.json", JSON.stringify(PLAN)],
    ["utf16.json", Buffer.from(`\ufeff${JSON.stringify(PLAN)}`, "utf16le")],
    ["state", JSON.stringify({ version: 4, terraform_version: "1.11.4" }, null, 2)],
    ["plan.out", "PK\u0003\u0004"],
    ["main.tf", ""],
    ["cdk.tf.json", "{}"],
    ["prod.tfvars", ""],
    ["terraform.tfstate", ""],
  ];
  const OPTIONS: readonly (readonly [string, (file: string) => string[]])[] = [
    ["--output", (file) => ["check", "--output", file]],
    ["--format", (file) => ["check", "--format", `json=${file}`]],
    ["--write-pin", (file) => ["check", "--write-pin", file]],
    ["--output", (file) => ["access", "--output", file]],
  ];

  test.each(OPTIONS)("as %s", async (option, argv) => {
    const path = examplesFolder();
    for (const [name, content] of FILES) {
      const file = join(path, name);
      writeFileSync(file, content);
      const { code, err } = await cli(...argv(file), join(path, "stacks"));

      expect(err, name).toContain(`UnwritableFile: '${option}' must not name a file of Terraform`);
      expect(code, name).toBe(2);
      expect(readFileSync(file), name).toEqual(Buffer.from(content));
    }
  });

  test("but the report of another run", async () => {
    const file = join(folder({ "report.json": { schemaVersion: 1 } }), "report.json");

    expect((await cli("check", "--format", "json", "--output", file, examplesFolder())).code).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8")).destinations).toHaveLength(2);
  });
});

describe("a file in the encoding of PowerShell or with a byte order mark is read", () => {
  const ENCODINGS: readonly (readonly [string, (text: string) => Buffer])[] = [
    ["UTF-8 with a mark", (text) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ];
  const pin = async (path: string) => {
    const file = join(folder({}), "pin.json");
    await cli("check", "--write-pin", file, path);
    return readFileSync(file, "utf8");
  };
  const OF_OPTION: readonly (readonly [string, (path: string) => Promise<string> | string])[] = [
    ["--pin", pin],
    ["--accept", () => JSON.stringify({ schemaVersion: 1, acceptances: [] })],
    ["--config", () => JSON.stringify({ check: { failOn: "low" } })],
    ["--scp", () => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] })],
    ["--against", () => JSON.stringify(planOf("kandji"))],
  ];

  test.each(ENCODINGS.flatMap(([name, encode]) => OF_OPTION.map(([option, text]) => [name, option, encode, text] as const)))(
    "%s, for %s",
    async (_, option, encode, text) => {
      const path = examplesFolder();
      const file = join(folder({}), "given.json");
      writeFileSync(file, encode(await text(path)));
      const { code, err } = await cli("check", option, file, path);

      expect(err).toBe(option === "--config" ? `options from ${file}\n` : "");
      expect(code).toBe(0);
    },
  );
});

// The root user may read everything, and Windows has other rights.
test.skipIf(process.getuid === undefined || process.getuid() === 0)("fails where a folder cannot be listed", async () => {
  const path = examplesFolder();
  chmodSync(join(path, "stacks"), 0o000);
  const { code, err } = await cli("check", path);
  chmodSync(join(path, "stacks"), 0o700);

  expect(err).toMatch(
    /^UnreadableFile: the path cannot be read: you have no permission; name a folder or file that exists and can be read/,
  );
  expect(code).toBe(2);
});

describe("one is one, not ones", () => {
  const onlyKandji = (change = (_: unknown) => {}) => {
    const plan = planOf("kandji");
    change(plan);
    return folder({ "cdk.tf.json": plan });
  };

  test("of destinations", async () => {
    const path = onlyKandji();

    expect((await cli("check", "--write-pin", join(path, "pin.json"), path)).out).toMatch(/: 1 destination\n$/);
    expect((await cli("check", path)).out).toMatch(/\n1 destination: /);
    expect((await cli("check", "--format", "markdown", path)).out).toMatch(/^1 destination · .* · 0 findings · /m);
  });

  test("of findings, and of destinations that are not shown", async () => {
    const path = onlyKandji(withoutStatement("AllowSSLRequestsOnly", "bucket"));
    expect((await cli("check", "--format", "markdown", path)).out).toContain(" · 1 finding · ");

    const many = Array.from({ length: 11 }, (_, index) => {
      const plan = JSON.parse(JSON.stringify(planOf("kandji")).replaceAll("acme-kandji-activity", `acme-kandji-${index}`));
      if (index < 10) withoutStatement("AllowVendorOnObjects", "role")(plan);
      return [`s${index}/cdk.tf.json`, plan] as const;
    });
    const { out } = await cli("check", "--format", "markdown", folder(Object.fromEntries(many)));
    expect(out).toContain("\n1 more destination is not shown here.\n");
  });
});
