/** Arguments of calls of local modules, which Terraform compares with the module's variables. */
import { describe, expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { textFile } from "../read";

const VARIABLES = 'variable "name" {}\nvariable "path" {\n  default = null\n}\n';

const call = (body: string, source = "./m") => `module "logs" {\n  source = "${source}"\n  ${body}\n}\n`;

const read = (main: string, more: Readonly<Record<string, string>> = {}) =>
  readPlan(Object.entries({ "app/main.tf": main, "app/m/main.tf": VARIABLES, ...more }).map(([path, text]) => textFile(path, text)));

test.each([
  ["all", 'name = "a"\n  path = "b"'],
  ["what is required", 'name = "a"'],
  ["null", "name = null"],
  ["meta-arguments", 'name = each.key\n  for_each = toset(["a"])\n  depends_on = [aws_s3_bucket.b]\n  providers = { aws = aws }'],
])("a call may give %s", (_, body) => {
  expect(() => read(call(body))).not.toThrow();
});

test("a module that is not local may take anything", () => {
  expect(() => read(call('nam = "a"', "acme/logs/aws"))).not.toThrow();
  expect(() => read(call('nam = "a"', "./elsewhere"))).not.toThrow();
});

test("a call may give a variable whose declaration is not among the files", () => {
  const main = 'resource "aws_s3_bucket" "b" {\n  bucket = var.bucket\n}\n';

  expect(() => read(call('bucket = "a"'), { "app/m/main.tf": main })).not.toThrow();
  expect(() => read(call('bucke = "a"'), { "app/m/main.tf": main })).toThrow("it gives bucke, which the module does not declare");
});

test("an override file gives what the call lacks", () => {
  expect(() => read(call(""), { "app/override.tf": 'module "logs" {\n  name = "a"\n}\n' })).not.toThrow();
});

describe("fails where a call", () => {
  test("is misspelt", () => {
    expect(() => read(call('nam = "a"'))).toThrow(
      "UnreadableInput: the file has the call module.logs that Terraform refuses: it gives nam, which the module does not declare, " +
        "and lacks name, which the module requires; give the variables that app/m declares: name, path (at app/main.tf)",
    );
  });

  test.each([
    ["gives one more", 'name = "a"\n  paths = []', "it gives paths, which the module does not declare;"],
    ["lacks a required one", 'path = "a"', "it lacks name, which the module requires;"],
    ["has no instance", "count = 0", "it lacks name, which the module requires;"],
  ])("%s", (_, body, reason) => {
    expect(() => read(call(body))).toThrow(reason);
  });

  test("stands in a module", () => {
    const more = { "app/m/main.tf": call("x = 1", "../n"), "app/n/main.tf": "" };
    expect(() => read(call(""), more)).toThrow(
      "it gives x, which the module does not declare; give the variables that app/n declares: none",
    );
  });
});
