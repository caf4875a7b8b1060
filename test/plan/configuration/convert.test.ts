/** How Terraform converts the values of variables, and in which order it iterates over collections. */
import { expect, test } from "vitest";
import { model } from "../read";

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
  ["object({ a = bool })", { a: "x" }, "${var.v.a}", "x"],
])("a variable of type %s takes %j", (type, value, expression, expected) => {
  expect(nameOf(expression, { v: { type, default: value } })).toBe(expected);
});

test("a value whose type has defaults is unknown", () => {
  expect(nameOf("${var.v.a}", { v: { type: "object({ a = optional(string) })", default: {} } })).toContain("var.v");
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
