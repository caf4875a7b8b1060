/** Modules that `terraform init` has installed: which of them are read. */
import { describe, expect, test } from "vitest";
import { type AccountModel, readPlan } from "../../../lib/plan";
import { meetsConstraint } from "../../../lib/plan/files/versions";
import { cli, folder } from "../../cli/run-program";
import { jsonFile, textFile } from "../read";

const SOURCE = "terraform-aws-modules/s3-bucket/aws";
const BUCKET = 'variable "name" {}\nresource "aws_s3_bucket" "this" {\n  bucket = var.name\n}\n';
const call = (source: string, version?: string) =>
  `module "logs" {\n  source = "${source}"\n${version === undefined ? "" : `  version = "${version}"\n`}  name = "acme-logs"\n}\n`;
const entry = (Key: string, Source: string, more: object = {}) => ({ Key, Source, Dir: `.terraform/modules/${Key}`, ...more });
const manifest = (...modules: object[]) => ({ Modules: [{ Key: "", Source: "", Dir: "." }, ...modules] });

function read(root: string, modules: object, path = ""): AccountModel {
  return readPlan([
    textFile(`${path}main.tf`, root),
    jsonFile(`${path}.terraform/modules/modules.json`, modules),
    textFile(`${path}.terraform/modules/logs/main.tf`, BUCKET),
  ])[0]!;
}

const REGISTRY = entry("logs", `registry.terraform.io/${SOURCE}`, { Version: "4.1.2" });

describe("a module is read", () => {
  test.each([
    [call(SOURCE, "~> 4.1"), REGISTRY],
    [call(SOURCE), REGISTRY],
    [call(`registry.terraform.io/${SOURCE}`, "4.1.2"), REGISTRY],
    [call("git::https://example.com/x.git?ref=v1"), entry("logs", "git::https://example.com/x.git?ref=v1")],
    [call("github.com/acme/x?ref=v1"), entry("logs", "git::https://github.com/acme/x.git?ref=v1")],
    [call("git@github.com:acme/x.git"), entry("logs", "git::ssh://git@github.com/acme/x.git")],
    [call("github.com/acme/x//modules/y"), entry("logs", "git::https://github.com/acme/x.git//modules/y")],
  ])("that %s calls", (root, module) => {
    for (const path of ["", "infra/"]) {
      const { buckets, problems } = read(root, manifest(module), path);

      expect(buckets).toMatchObject([{ name: "acme-logs", address: "module.logs.aws_s3_bucket.this" }]);
      expect(problems).toEqual([]);
    }
  });

  test("that an installed module calls, wherever it is called", () => {
    const inner = `module "inner" {\n  for_each = toset(["a", "b"])\n  source = "${SOURCE}"\n  name = each.key\n}\n`;
    const [model] = readPlan([
      textFile("main.tf", 'module "outer" {\n  count = 1\n  source = "acme/outer/aws"\n}\n'),
      jsonFile(
        ".terraform/modules/modules.json",
        manifest(entry("outer", "registry.terraform.io/acme/outer/aws", { Version: "1.0.0" }), { ...REGISTRY, Key: "outer.inner" }),
      ),
      textFile(".terraform/modules/outer/main.tf", inner),
      textFile(".terraform/modules/logs/main.tf", BUCKET),
    ]);

    expect(model!.buckets.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(model!.problems).toEqual([]);
  });
});

describe("fails to read a module", () => {
  const problem = ({ buckets, problems }: AccountModel) => [buckets.length, problems.map(({ message }) => message)];

  test.each([
    [call(SOURCE, "~> 5.0"), REGISTRY, 'the installed version 4.1.2 does not meet "~> 5.0"; run terraform init'],
    [call(SOURCE, "${var.version}"), REGISTRY, 'the installed version 4.1.2 does not meet "${var.version}"; run terraform init'],
    [
      call("acme/s3-bucket/aws"),
      REGISTRY,
      '"registry.terraform.io/terraform-aws-modules/s3-bucket/aws" is installed in its place; run terraform init',
    ],
    [
      call("github.com/acme/x?ref=v2"),
      entry("logs", "git::https://github.com/acme/x.git?ref=v1"),
      '"git::https://github.com/acme/x.git?ref=v1" is installed in its place; run terraform init',
    ],
    [call(SOURCE), { ...REGISTRY, Key: "other" }, "its files are not among those given"],
    [
      call(SOURCE),
      { ...REGISTRY, Dir: ".terraform/modules/gone" },
      "the folder .terraform/modules/gone does not exist, or its files are not given",
    ],
  ])("that is not the one that %s calls", (root, module, reason) => {
    const [buckets, messages] = problem(read(root, manifest(module)));

    expect(buckets).toBe(0);
    expect(messages).toEqual([expect.stringContaining(`is not read: ${reason}`)]);
  });
});

test("an installed module is no root module, even where nothing calls it", () => {
  const models = readPlan([textFile("main.tf", 'resource "aws_s3_bucket" "b" {}'), textFile(".terraform/modules/logs/main.tf", BUCKET)]);

  expect(models.map(({ buckets }) => buckets.length)).toEqual([1]);
});

describe("check of a folder", () => {
  const files = {
    "main.tf": call(SOURCE, "4.1.2"),
    ".terraform/modules/logs/main.tf": BUCKET,
    ".terraform/providers/x/main.tf": "wrong {",
  };

  test("reads the modules that its manifest lists, and nothing else below .terraform", async () => {
    const { out } = await cli("check", folder({ ...files, ".terraform/modules/modules.json": manifest(REGISTRY) }), "--format", "json");

    expect(JSON.parse(out).models).toMatchObject([{ buckets: 1 }]);
    expect(out).not.toContain("is not read");
  });

  test.each(["..", "../outside", ".terraform/providers/x", "/tmp", ".terraform/modules/../providers/x"])(
    "does not read %s as an installed module",
    async (Dir) => {
      const path = folder({ ...files, ".terraform/modules/modules.json": manifest({ ...REGISTRY, Dir }) });

      const { code, out } = await cli("check", path, "--format", "json");

      expect(code).not.toBe(2);
      expect(JSON.parse(out).models).toMatchObject([{ buckets: 0 }]);
    },
  );
});

test.each([
  ["1.2.3", ["1.2.3", "= 1.2.3", "v1.2.3", ">= 1.2", "~> 1.2", "~> 1.2.0", "~> 1", "> 1.2.2, < 2.0", "!= 1.2.4", "<= 1.2.3"]],
  ["1.0.0", ["1", "1.0", ">= 1"]],
  ["10.0.0", ["> 9.9.9", "~> 10.0"]],
])("%s meets each of %j", (version, constraints) => {
  for (const constraint of constraints) expect(meetsConstraint(version, constraint), constraint).toBe(true);
});

test.each([
  [
    "1.2.3",
    ["1.2.4", "~> 1.3", "~> 1.2.4", "~> 2", "> 1.2.3", "< 1.2.3", "!= 1.2.3", ">= 1.0, < 1.2", "", "latest", "1.2.3.4", "1.2.3-beta"],
  ],
  ["2.0.0", ["~> 1.9", "~> 1"]],
  ["1.3.0", ["~> 1.2.0"]],
  ["1.2.3-beta", [">= 1.0"]],
  [undefined, [">= 0"]],
])("fails to meet %s with each of %j", (version, constraints) => {
  for (const constraint of constraints) expect(meetsConstraint(version, constraint), constraint).toBe(false);
});
