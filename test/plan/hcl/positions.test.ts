import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pointerTo } from "../../../lib/json";
import { hclPositions, parseHcl } from "../../../lib/plan/hcl";

const TEXT = `# comment
resource "aws_s3_bucket" "logs" {
  bucket = "acme"
  tags = {
    "a/b" = 1
    (var.k) = [
      "x", { y = "z" },
    ]
  }
  rule {
    id = 1
  }
  rule { id = 2 }
}

resource "aws_s3_bucket" "other" {}
locals {
  a = "\${[1,
    2]}"
}
`;

test.each([
  ["", 1, 1],
  ["/resource", 2, 1],
  ["/resource/aws_s3_bucket/logs", 2, 1],
  ["/resource/aws_s3_bucket/logs/0", 2, 1],
  ["/resource/aws_s3_bucket/logs/0/bucket", 3, 3],
  ["/resource/aws_s3_bucket/logs/0/tags/a~1b", 5, 5],
  ["/resource/aws_s3_bucket/logs/0/tags/${(var.k)}/1/y", 7, 14],
  ["/resource/aws_s3_bucket/logs/0/rule", 10, 3],
  ["/resource/aws_s3_bucket/logs/0/rule/0/id", 11, 5],
  ["/resource/aws_s3_bucket/logs/0/rule/1/id", 13, 10],
  ["/resource/aws_s3_bucket/other/0", 16, 1],
  ["/resource/aws_s3_bucket/other/0/bucket", 16, 1],
  ["/locals/0/a/1", 19, 5],
  ["/nowhere", 1, 1],
])("what %j leads to begins at line %i, column %i", (pointer, line, column) => {
  expect(hclPositions(TEXT, [pointer])).toEqual([{ line, column }]);
});

test("many pointers are found at once, in any order", () => {
  const found = hclPositions(TEXT, ["/locals", "/resource", "/locals", "/gone"]);

  expect(found.map(({ line }) => line)).toEqual([17, 2, 17, 1]);
});

test("every argument and block of the corpus is found where its name stands", () => {
  const folder = join(__dirname, "corpus");
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), "utf8").replace(/^\ufeff/, "");
    const members = membersOf(parseHcl(text), "");
    const positions = hclPositions(
      text,
      members.map(({ pointer }) => pointer),
    );
    const lines = text.split("\n");
    for (const [index, { key }] of members.entries()) {
      const { line, column } = positions[index]!;
      const rest = lines[line - 1]!.slice(column - 1);
      if (/^[\w-]+$/.test(key)) expect(rest.includes(key) || lines[line - 1]!.includes(key), `${name}: ${key} in ${rest}`).toBe(true);
    }
  }
});

/** All members of the objects in a value, with their pointers. */
function membersOf(value: unknown, pointer: string): { readonly key: string; readonly pointer: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = pointerTo(pointer, key);
    return [...(Array.isArray(value) ? [] : [{ key, pointer: at }]), ...membersOf(item, at)];
  });
}
