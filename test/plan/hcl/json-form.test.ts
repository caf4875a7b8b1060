import { expect, test } from "vitest";
import { parseHcl, parseHclValues } from "../../../lib/plan/hcl";

test("blocks become objects nested by their labels, with a list of bodies", () => {
  const json = parseHcl(`
    resource "aws_s3_bucket" "logs" { bucket = "acme" }
    resource aws_s3_bucket "other" {}
    provider "aws" {}
    provider "aws" { alias = "west" }
    locals {}
  `);

  expect(json).toEqual({
    resource: { aws_s3_bucket: { logs: [{ bucket: "acme" }], other: [{}] } },
    provider: { aws: [{}, { alias: "west" }] },
    locals: [{}],
  });
});

test("dynamic blocks keep their labels and their content", () => {
  const json = parseHcl(
    'rule "x" {\n  dynamic "statement" {\n    for_each = var.l\n    iterator = s\n    content {\n      sid = s.key\n    }\n  }\n}\n',
  );

  const statement = [{ for_each: "${var.l}", iterator: "s", content: [{ sid: "${s.key}" }] }];
  expect(json).toEqual({ rule: { x: [{ dynamic: { statement } }] } });
});

test.each([
  ["1.50", 1.5],
  ["-3", -3],
  ["1e3", 1000],
  ["!true", false],
  ["null", null],
  ['"text"', "text"],
  ['"a\\tb\\u00e9\\"\\\\"', 'a\tbé"\\'],
  ['"$${literal} %%{literal} $5 100%"', "$${literal} %%{literal} $5 100%"],
  ['["a", var.b, [1]]', ["a", "${var.b}", [1]]],
  ['{ a = 1, "b c" : 2, (var.k) = 3, 4 = var.v }', { a: 1, "b c": 2, "${(var.k)}": 3, "4": "${var.v}" }],
  ["var.a", "${var.a}"],
  ['"${var.a}"', "${var.a}"],
  ['"${1}"', 1],
  ['"a-${var.b}-${"c"}-${1.50}-${2e3}-${true}"', "a-${var.b}-c-1.5-2000-true"],
  ["[for x in var.l : upper(x)]", "${[for x in var.l : upper(x)]}"],
  ["var.a ? 1 : 2", "${var.a ? 1 : 2}"],
  ["(\n  1 # one\n  + 2\n)", "${(\n  1 # one\n  + 2\n)}"],
  ['"%{ if var.a ~}  yes %{~ else }no%{ endif }"', "%{if var.a}yes%{else}no%{endif}"],
  ['"%{ for k, v in var.m }${k}=${v};%{ endfor }"', "%{for k, v in var.m}${k}=${v};%{endfor}"],
])("the value %s", (source, expected) => {
  expect(parseHcl(`x = ${source}\n`)).toEqual({ x: expected });
});

test("heredocs keep their lines; with a dash they lose the indent that all lines share", () => {
  const json = parseHcl('plain = <<EOT\n  a\n\t\\n "${var.b}"\nEOT\nflush = <<-EOT\n    a\n\n      b $${c}\n  EOT\n');

  expect(json).toEqual({ plain: '  a\n\t\\n "${var.b}"\n', flush: "a\n\n  b $${c}\n" });
});

test("a conditional in a text stays an expression, which hcl2json makes a directive of", () => {
  expect(parseHcl('x = "arn:${var.china ? "aws-cn" : "aws"}:s3"\n')).toEqual({ x: 'arn:${var.china ? "aws-cn" : "aws"}:s3' });
});

test("a heredoc within an expression becomes a quoted string", () => {
  const json = parseHcl('x = trimspace(<<-EOT\n    "a"\\ ${trimspace(<<B\nb\nB\n    )}\n      $${c}\n  EOT\n)\n');

  expect(json).toEqual({ x: '${trimspace("\\"a\\"\\\\ ${trimspace("b\\n"\n    )}\\n  $${c}\\n"\n)}' });
});

test("a dollar sign before an interpolation does not escape it", () => {
  expect(parseHcl('x = "$ ${~ var.a}"\n')).toEqual({ x: '${"$"}${var.a}' });
  expect(parseHcl('x = "a${"$"}{b}%  %{~ if c }%{ endif }"\n')).toEqual({ x: 'a${"$"}{b}${"%"}%{if c}%{endif}' });
});

test("arguments that name something are names, as Terraform's JSON syntax has them", () => {
  const json = parseHcl(`
    resource "a" "b" {
      provider   = aws.west
      depends_on = [a.c, module.d]
      lifecycle { ignore_changes = [tags["x"], rule[0].id] }
      nested { provider = var.p }
    }
    resource "a" "c" {
      lifecycle { ignore_changes = all }
    }
    variable "v" { type = object({ a = optional(string) }) }
    module "m" { providers = { aws = aws.west } }
    moved {
      from = a.b
      to   = a.c["k"]
    }
  `);

  expect(json).toMatchObject({
    resource: {
      a: {
        b: [
          {
            provider: "aws.west",
            depends_on: ["a.c", "module.d"],
            lifecycle: [{ ignore_changes: ['tags["x"]', "rule[0].id"] }],
            nested: [{ provider: "${var.p}" }],
          },
        ],
        c: [{ lifecycle: [{ ignore_changes: "all" }] }],
      },
    },
    variable: { v: [{ type: "object({ a = optional(string) })" }] },
    module: { m: [{ providers: { aws: "aws.west" } }] },
    moved: [{ from: "a.b", to: 'a.c["k"]' }],
  });
});

test("nothing in a file can pretend to be the mark of what is not known", () => {
  expect(JSON.stringify(parseHcl('x = "a\u0000b\\u0000c\\U00000000"\n"'.slice(0, -1)))).toBe('{"x":"a\ufffdb\ufffdc\ufffd"}');
});

test("names of the prototype are names like others", () => {
  const json = parseHcl("__proto__ {\n  __proto__ = { __proto__ = 1, constructor = 2 }\n}\n");

  expect(JSON.stringify(json)).toBe('{"__proto__":[{"__proto__":{"__proto__":1,"constructor":2}}]}');
});

test("a file of values holds arguments only", () => {
  expect(parseHclValues('a = "x"\nb = ["y"]\n')).toEqual({ a: "x", b: ["y"] });
  expect(() => parseHclValues('a = "x"\n\nb {\n}\n')).toThrow("a file of values must not hold blocks at line 3, column 1");
});
