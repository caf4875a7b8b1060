/** Conditions of the configuration itself: Terraform refuses it where one is false. */
import { describe, expect, test } from "vitest";
import { PlanReadError, readConfiguration, readPlan } from "../../../lib/plan";
import { textFile } from "../read";

const BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = var.name\n}\n';
const variable = (condition: string, rest = "") =>
  `variable "name" {\n  ${rest}\n  validation {\n    condition     = ${condition}\n    error_message = "The name \${var.name} is wrong."\n  }\n}\n`;

/** What is wrong, else the problems. */
function read(files: Readonly<Record<string, string>>): string | readonly string[] {
  try {
    return readPlan(Object.entries(files).map(([path, content]) => textFile(path, content))).flatMap(({ problems }) =>
      problems.map(({ message }) => message),
    );
  } catch (error) {
    if (error instanceof PlanReadError) return `${error.reason} (at ${error.file})`;
    throw error;
  }
}

const REFUSED = 'breaks the validation of var.name, so that Terraform refuses it: "The name x is wrong." (at main.tf)';
const LENGTH = "length(var.name) > 2";

describe("the validation of a variable is refused", () => {
  test.each([
    ["by its default", { "main.tf": variable(LENGTH, 'default = "x"') }, REFUSED],
    ["by a file of values", { "main.tf": variable(LENGTH), "terraform.tfvars": 'name = "x"\n' }, REFUSED],
    [
      "by the second of two conditions",
      {
        "main.tf": variable(
          "true",
          'default = "x"\n  validation {\n    condition = can(regex("^y", var.name))\n    error_message = "The name x is wrong."\n  }',
        ),
      },
      REFUSED,
    ],
    [
      "in a module, by the value of its caller",
      {
        "main.tf": 'module "m" {\n  for_each = toset(["abc", "x"])\n  source = "./m"\n  name = each.key\n}\n',
        "m/main.tf": variable(LENGTH) + BUCKET,
      },
      'breaks the validation of module.m["x"].var.name, so that Terraform refuses it: "The name x is wrong." (at m/main.tf)',
    ],
  ])("%s", (_, files, expected) => {
    expect(read(files as unknown as Record<string, string>)).toBe(expected);
  });

  test.each([
    ["where it is met", { "main.tf": variable(LENGTH, 'default = "abc"') + BUCKET }],
    ["where the value is not known", { "main.tf": variable(LENGTH) + BUCKET }],
    [
      "where the condition depends on something else that is not known",
      { "main.tf": `${variable("var.name == var.other", 'default = "x"')}variable "other" {}\n` },
    ],
    ["where the condition itself fails", { "main.tf": variable('regex("^y", var.name) == "y"', 'default = "x"') }],
    [
      "in a module that is called no times",
      { "main.tf": 'module "m" {\n  count = 0\n  source = "./m"\n  name = "x"\n}\n', "m/main.tf": variable(LENGTH) },
    ],
    [
      "in a module that may not be called",
      {
        "main.tf": 'variable "on" {}\nmodule "m" {\n  count = var.on ? 1 : 0\n  source = "./m"\n  name = "x"\n}\n',
        "m/main.tf": variable(LENGTH),
      },
    ],
  ])("but not %s", (_, files) => {
    expect(read(files as unknown as Record<string, string>)).toEqual([]);
  });

  test("but not while the stack is synthesised, when a default stands for what comes later", () => {
    const content = {
      variable: { name: { default: "x", validation: { condition: "${length(var.name) > 2}", error_message: "wrong" } } },
      resource: {},
    };

    expect(readConfiguration(content, "stack").problems).toEqual([]);
  });
});

describe("the condition of a resource or output is refused", () => {
  const lifecycle = (rule: string, condition: string, count = "") =>
    `resource "aws_s3_bucket" "b" {\n  ${count}\n  bucket = "acme"\n  lifecycle {\n    ${rule} {\n      condition = ${condition}\n      error_message = "No."\n    }\n  }\n}\n`;

  test.each([
    ["as a precondition", lifecycle("precondition", "1 > 2"), "the precondition of aws_s3_bucket.b"],
    ["of one instance", lifecycle("precondition", "count.index < 1", "count = 2"), "the precondition of aws_s3_bucket.b[1]"],
    [
      "as a postcondition",
      lifecycle("postcondition", 'data.aws_region.x.name == "y"') +
        'data "aws_region" "x" {}\nprovider "aws" {\n  region = "eu-west-1"\n}\n',
      "the postcondition of aws_s3_bucket.b",
    ],
    [
      "of an output",
      'output "o" {\n  value = 1\n  precondition {\n    condition = false\n    error_message = "No."\n  }\n}\n',
      "the precondition of output.o",
    ],
  ])("%s", (_, content, of) => {
    expect(read({ "main.tf": content })).toBe(`breaks ${of}, so that Terraform refuses it: "No." (at main.tf)`);
  });

  test.each([
    ["that is met", lifecycle("precondition", "2 > 1")],
    ["of no instance", lifecycle("precondition", "false", "count = 0")],
    ["about a file, which may be built before", lifecycle("precondition", 'fileexists("built.zip")')],
    ["about itself, which only apply tells", lifecycle("postcondition", 'self.region == "x"')],
  ])("but not one %s", (_, content) => {
    expect(read({ "main.tf": content })).toEqual([]);
  });
});

test("a check that fails is a problem, as Terraform only warns of it", () => {
  const check = (condition: string) => `check "c" {\n  assert {\n    condition = ${condition}\n    error_message = "No."\n  }\n}\n`;

  expect(read({ "main.tf": check("false") })).toEqual(['check.c fails, of which Terraform warns: "No."']);
  expect(read({ "main.tf": check("true") })).toEqual([]);
  expect(read({ "main.tf": check('data.aws_region.x.name == "y"') })).toEqual([]);
});
