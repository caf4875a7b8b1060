import { expect, test } from "vitest";
import { ExpressionSyntaxError } from "../../../lib/plan/expression/syntax";
import { readHcl } from "../../../lib/plan/hcl/read-hcl";

test("blocks become objects in lists, and expressions become templates", () => {
  const text = `
# a comment
terraform { required_version = ">= 1.0" }
locals { a = 1, b = "x" }
variable "name" {
  type = string // why
  default = null
}
resource "aws_s3_bucket" "b" {
  bucket = "\${var.name}-logs" /* inner */ # outer
  tags = {
    a = 1 # first
    b = upper("}")
  }
  rule {
    x = [
      aws_s3_bucket.c.arn, # comment, with a comma
      "y",
    ]
  }
  rule { x = true }
  dynamic "statement" {
    for_each = var.all
    iterator = each_one
    content { sid = each_one.key }
  }
}
`.replace("a = 1, b", "a = 1\n b");

  expect(readHcl(text)).toEqual({
    locals: [{ a: 1, b: "x" }],
    variable: [{ name: { type: "${string}", default: null } }],
    resource: [
      {
        aws_s3_bucket: {
          b: {
            bucket: '${"${var.name}-logs"}',
            tags: '${{\n    a = 1 \n    b = upper("}")\n  }}',
            rule: [{ x: '${[       aws_s3_bucket.c.arn,        "y",     ]}' }, { x: true }],
            dynamic: [{ statement: { for_each: "${var.all}", iterator: "each_one", content: [{ sid: "${each_one.key}" }] } }],
          },
        },
      },
    ],
  });
});

test("a heredoc becomes a quoted template, whose expressions keep their quotes", () => {
  const text = 'locals {\n  p = <<-EOT\n    {"a": "${f("x")}"}\n      \\d\n    EOT\n  q = jsonencode(<<E\nz\nE\n  )\n}\n';

  expect(readHcl(text)).toEqual({
    locals: [{ p: '${"{\\"a\\": \\"${f("x")}\\"}\\n  \\\\d\\n"}', q: '${jsonencode("z\\n"   )}' }],
  });
});

test.each(["resource {", 'a "b" { c = [ }', 'a { b = "x\n" }', "a { b = <<E\nx\n}", "{", "a { = 1 }"])("fails on %j", (text) => {
  expect(() => readHcl(text)).toThrow(ExpressionSyntaxError);
});
