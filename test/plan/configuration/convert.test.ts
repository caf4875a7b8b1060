/** How Terraform converts the values of variables, and in which order it iterates over collections. */
import { expect, test } from "vitest";
import { fixtureJson, model, only, textFile } from "../read";

function nameOf(expression: string, variable: object = {}, more: object = {}): string {
  const name = model({ aws_s3_bucket: { b: { bucket: expression } } }, { variable, ...more }).buckets[0]!.name;
  return name.replaceAll("\u0000", "%");
}

test.each([
  ["bool", "true", '${var.v == true ? "yes" : "no"}', "yes"],
  ["bool", "0", '${var.v == false ? "yes" : "no"}', "yes"],
  ["number", "012", "b${var.v}", "b12"],
  ["string", 7, '${var.v == "7" ? "yes" : "no"}', "yes"],
  ["list(string)", [7], '${contains(var.v, "7") ? "yes" : "no"}', "yes"],
  ["map(number)", { a: "7" }, '${var.v.a == 7 ? "yes" : "no"}', "yes"],
  ["set(string)", ["b", "a", "b"], '${join("", var.v)}', "ab"],
])("a variable of type %s takes %j", (type, value, expression, expected) => {
  expect(nameOf(expression, { v: { type, default: value } })).toBe(expected);
});

test("a value that Terraform cannot convert is unknown", () => {
  expect(nameOf("${var.v.a}", { v: { type: "object({ a = bool })", default: { a: "x" } } })).toContain("var.v");
  expect(nameOf("${var.v.a}", { v: { type: "object({ a = string, b = string })", default: { a: "x" } } })).toContain("var.v");
  expect(nameOf("${var.v.a}", { v: { type: "no type", default: { a: "x" } } })).toContain("var.v");
});

test("values have the form that Terraform 1.11.4 gives them, by the type of their variable", () => {
  const cases = fixtureJson("variable-types.json") as [type: string, value: string, json: string][];
  const blocks = cases.map(
    ([type, value], index) =>
      `variable "v${index}" {\n  type = ${type}\n  default = ${value}\n}\nresource "aws_s3_bucket" "b${index}" {\n  bucket = jsonencode(var.v${index})\n}\n`,
  );

  const names = new Map(only([textFile("main.tf", blocks.join(""))]).buckets.map(({ address, name }) => [address, name]));

  const converted = cases.map(([type, value], index) => [type, value, names.get(`aws_s3_bucket.b${index}`)]);
  expect(converted).toEqual(cases);
});

test("objects are iterated in the order of their keys, and compared in any order", () => {
  const locals = { locals: { m: { z: "last", a: "first" } } };

  expect(nameOf("${[for key, value in local.m : value][0]}", {}, locals)).toBe("first");
  expect(nameOf('${local.m == { a = "first", z = "last" } ? "same" : "other"}', {}, locals)).toBe("same");
});

test("a search text between slashes is a regular expression, also an empty one", () => {
  expect(nameOf('${replace("a/b", "/", "-")}')).toBe("a-b");
  expect(nameOf('${replace("a//b", "//", "-")}')).toBe("-a-/-/-b-");
});
