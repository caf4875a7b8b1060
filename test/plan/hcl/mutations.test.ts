/** Every token of a file taken out, doubled or replaced: the file is read, or the error names the line and column. */
import { describe, expect, test } from "vitest";
import { PlanReadError, readPlan } from "../../../lib/plan";
import { textFile } from "../read";

const FILE = `# A bucket
variable "name" {
  type    = object({ prefix = optional(string, "acme") })
  default = {}
}

locals {
  names = { for key, name in ["a", "b"] : key => upper(name) if key != 1 && !false }
  first = local.names[0] == "A" ? -1 : 2.5e3 % 7
  every = [for name in local.names : "\${name}-\${~ "x" ~}"]
}

resource "aws_s3_bucket" "logs" {
  bucket = "\${var.name.prefix}-%{ if true }logs%{ else }other%{ endif }"
  tags   = merge({ "a" : 1, (local.first) = null }, local.maps...)
  lifecycle { prevent_destroy = true }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs[*].id[0]
  policy = <<-JSON
    { "Statement": [] }
  JSON
}
`;

const TOKEN = /<<-JSON|[A-Za-z_][\w-]*|\d+(?:\.\d+)?(?:e\d+)?|\$\{~?|%\{|~\}|=>|==|!=|&&|\.\.\.|[^\s\w]|\n/g;
const TOKENS = [...FILE.matchAll(TOKEN)];

const CHANGES: readonly (readonly [string, (token: string) => string])[] = [
  ["taken out", () => ""],
  ["doubled", (token) => `${token} ${token}`],
  ["replaced by a brace", () => "{"],
  ["replaced by a quote", () => '"'],
  ["replaced by a sign", () => "@"],
];

/** The message of the error; undefined where the file is read. */
function errorIn(text: string): string | undefined {
  try {
    readPlan([textFile("main.tf", text)]);
    return undefined;
  } catch (error) {
    expect(error, text).toBeInstanceOf(PlanReadError);
    return (error as Error).message;
  }
}

test("the file is read as it is", () => {
  expect(errorIn(FILE)).toBeUndefined();
});

describe.each(CHANGES)("with a token %s", (_, change) => {
  test("the file is read, or the error names a line and a column in it", () => {
    const lines = FILE.split("\n").length + 2;
    const refused = TOKENS.flatMap(({ 0: token, index }) => {
      const message = errorIn(FILE.slice(0, index) + change(token) + FILE.slice(index + token.length));
      return message === undefined ? [] : [message];
    });

    expect(refused.length).toBeGreaterThan(60);
    for (const message of refused) {
      const [, line, column] = /is not valid HCL: .* at line (\d+), column (\d+)/.exec(message) ?? [];
      expect(Number(line), message).toBeLessThanOrEqual(lines);
      expect(Number(column), message).toBeGreaterThan(0);
    }
  });
});
