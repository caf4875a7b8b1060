/** The files that check reads and writes, and what it says of those that it cannot. */
import { existsSync, symlinkSync } from "node:fs";
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

describe("exit code 2 names the option, the file and what to do", () => {
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
      "the path cannot be read: there is no such file or folder; name a folder or file that exists (at nope.json)",
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
