/** Which folders are root modules, of those that nothing calls. */
import { describe, expect, test } from "vitest";
import { readEstate } from "../../../lib/plan";
import { textFile } from "../read";

const BUCKET = (name: string) => `resource "aws_s3_bucket" "b" {\n  bucket = "${name}"\n}\n`;
const MODULE = 'variable "name" {}\nvariable "readers" {\n  default = []\n}\nresource "aws_s3_bucket" "b" {\n  bucket = var.name\n}\n';
const call = (source: string) => `module "m" {\n  source = "${source}"\n  name = "called"\n}\n`;

/** The folders whose buckets are read, and the problems. */
function read(files: Readonly<Record<string, string>>) {
  const { buckets, problems } = readEstate(Object.entries(files).map(([path, content]) => textFile(path, content)));
  return {
    folders: buckets.map(({ location: { file } }) => file.slice(0, Math.max(0, file.lastIndexOf("/")))).sort(),
    problems: problems.map(({ id, message }) => `${id} ${message.slice(0, message.indexOf(":"))}`),
  };
}

const skipped = (folder: string) => ({
  folders: expect.not.arrayContaining([folder]),
  problems: [`module-not-called the module ${folder} is not judged`],
});

describe("a module that nothing calls is not judged", () => {
  test.each([
    ["below the folder modules of a root module", { "main.tf": BUCKET("acme"), "modules/x/main.tf": MODULE }, "modules/x"],
    ["deep below it", { "infra/main.tf": BUCKET("acme"), "infra/modules/aws/x/main.tf": MODULE }, "infra/modules/aws/x"],
    ["where nothing needs a value", { "main.tf": BUCKET("acme"), "modules/x/main.tf": BUCKET("x") }, "modules/x"],
    [
      "beside a module that another folder calls",
      { "live/prod/main.tf": call("../../parts/a"), "parts/a/main.tf": MODULE, "parts/b/main.tf": MODULE },
      "parts/b",
    ],
    [
      "that names a provider without arguments",
      { "main.tf": BUCKET("acme"), "modules/x/main.tf": `provider "aws" {}\n${MODULE}` },
      "modules/x",
    ],
  ])("%s", (_, files, folder) => {
    expect(read(files as unknown as Record<string, string>)).toEqual(skipped(folder));
  });
});

describe("a folder is a root module", () => {
  test.each([
    ["alone", { "modules/x/main.tf": MODULE }, ["modules/x"]],
    ["among modules only", { "modules/x/main.tf": MODULE, "modules/y/main.tf": MODULE }, ["modules/x", "modules/y"]],
    [
      "with a backend",
      { "main.tf": BUCKET("acme"), "modules/x/main.tf": `terraform {\n  backend "s3" {}\n}\n${MODULE}` },
      ["", "modules/x"],
    ],
    [
      "with a provider configuration",
      { "main.tf": BUCKET("acme"), "modules/x/main.tf": `provider "aws" {\n  region = "eu-west-1"\n}\n${MODULE}` },
      ["", "modules/x"],
    ],
    [
      "with a file of values",
      { "main.tf": BUCKET("acme"), "modules/x/main.tf": MODULE, "modules/x/terraform.tfvars": 'name = "x"\n' },
      ["", "modules/x"],
    ],
    [
      "with an import block",
      { "main.tf": BUCKET("acme"), "modules/x/main.tf": `import {\n  to = aws_s3_bucket.b\n  id = "x"\n}\n${MODULE}` },
      ["", "modules/x"],
    ],
    ["beside another root module", { "a/main.tf": MODULE, "b/main.tf": MODULE }, ["a", "b"]],
    [
      "beside a module that needs no values itself",
      { "a/main.tf": call("../m"), "m/main.tf": MODULE, "b/main.tf": BUCKET("b") },
      ["b", "m"],
    ],
  ])("%s", (_, files, folders) => {
    expect(read(files as unknown as Record<string, string>)).toEqual({ folders, problems: [] });
  });
});

test("a module that nothing calls and that names a destination leaves it unknown: somebody may apply it by itself", () => {
  const policy = 'resource "aws_s3_bucket_policy" "p" {\n  bucket = "acme"\n  policy = "{}"\n}\n';

  expect(read({ "main.tf": BUCKET("acme"), "modules/x/main.tf": policy }).problems).toEqual([
    "plan-incomplete the module modules/x is not judged",
  ]);
});
