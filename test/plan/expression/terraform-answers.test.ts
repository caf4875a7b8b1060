/**
 * What Terraform 1.11.4 makes of expressions: each line of `terraform-expressions.txt` that is not indented is one, and the line behind it
 * its value, as `try(jsonencode(EXPRESSION), "<error>")` gives it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { hasUnknown, replaceUnknown } from "../../../lib/unknown/placeholder";
import { textFile } from "../read";

const [...LINES] = readFileSync(join(__dirname, "..", "fixtures", "terraform-expressions.txt"), "utf8")
  .trimEnd()
  .split("\n");
const CASES = LINES.flatMap((line, index) => (index % 2 === 0 ? [{ expression: line, terraform: LINES[index + 1]!.slice(4) }] : []));

/** The texts among the values that the expressions refer to. */
const TEXTS = {
  x: "X",
  y: "Y",
  p: "p",
  q: "q",
  r: "r",
  a: "a",
  b: "b",
  c: "c",
  arn: "arn:aws:iam::111122223333:role/team/app",
  ten: "ten",
  nine: "nine",
};

/** @param text how each of the texts is written */
function locals(text: (name: keyof typeof TEXTS) => string): string {
  return `
locals {
  m     = { x = ${text("x")}, y = ${text("y")} }
  l     = [${text("p")}, ${text("q")}, ${text("r")}]
  objs  = [{ n = 1, t = [${text("a")}, ${text("b")}] }, { n = 2, t = [] }]
  deep  = [{ a = [{ b = [{ c = 1 }, { c = 2 }] }] }, { a = [{ b = [{ c = 3 }] }, { b = [] }] }]
  s     = toset([${text("c")}, ${text("a")}, ${text("b")}])
  none  = null
  arn   = ${text("arn")}
  yes   = true
  n     = 12
  named = { "10" = ${text("ten")}, "9" = ${text("nine")}, b = { "c-d" = 1 } }
}
`;
}

/** The value of each expression. */
function evaluated(declarations: string): string[] {
  const resources = CASES.map(
    ({ expression }, index) =>
      `resource "aws_s3_bucket" "b${index}" {\n  bucket = try(jsonencode(${expression}), "<error>")\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n`,
  );
  const [model] = readPlan([textFile("main.tf", declarations + resources.join(""))]);
  const names = new Map(model!.buckets.map(({ address, name }) => [address, name]));
  return CASES.map((_, index) => names.get(`aws_s3_bucket.b${index}`) ?? "");
}

/** Expressions that Terraform evaluates and this reader leaves unknown. */
const UNKNOWN =
  /^(?:log\((?:50|0),|yaml|format\("(?:%5s\|%-5s|%v %v|%\.1f|%s", null|%v", 1234)|element\(\["a", "b"\], -1|issensitive|ephemeralasnull|tostring\(1234567|try\(1 \/ 0|1 \/ 3|sum\(\[1e100|pow\(2, 0\.5|1e400|9999999|100000000000 \*|jsonencode\(\[1\.50|toset\(\[\[2)/;

test("five hundred expressions and more have Terraform's value, or are unknown", () => {
  const values = evaluated(locals((name) => JSON.stringify(TEXTS[name])));

  expect(CASES.length).toBeGreaterThan(500);
  const known = CASES.flatMap(({ expression, terraform }, index) =>
    hasUnknown(values[index]!) ? [] : [{ expression, terraform, here: values[index] }],
  );
  expect(known.filter(({ terraform, here }) => terraform !== here)).toEqual([]);
  const unknown = CASES.filter((_, index) => hasUnknown(values[index]!)).map(({ expression }) => expression);
  expect(unknown.filter((expression) => !UNKNOWN.test(expression))).toEqual([]);
});

test("what is known of an expression whose texts are unknown holds for every text", () => {
  const variables = Object.keys(TEXTS).map((name) => `variable "v_${name}" {\n  type = string\n}\n`);
  const values = evaluated(variables.join("") + locals((name) => `var.v_${name}`));

  const filled = values.map((value) =>
    replaceUnknown(value, (source, placeholder) => TEXTS[/^var\.v_(\w+)$/.exec(source)?.[1] as keyof typeof TEXTS] ?? placeholder),
  );
  const wrong = CASES.flatMap(({ expression, terraform }, index) =>
    hasUnknown(filled[index]!) || filled[index] === terraform ? [] : [{ expression, terraform, here: filled[index] }],
  );
  expect(wrong).toEqual([]);
  // Most expressions with a text in them are unknown then, but not all.
  expect(filled.filter((value) => hasUnknown(value)).length).toBeLessThan(150);
});
