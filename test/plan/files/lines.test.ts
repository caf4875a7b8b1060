import fc from "fast-check";
import { expect, test } from "vitest";
import { pointerTo } from "../../../lib/json";
import { lineOf, linesOf, withLine, withLines } from "../../../lib/plan";
import { FIRST_PLAN, FIRST_PLAN_SOURCES, only, textFile } from "../read";

const TEXT = `{
  "a": {
    "b/c": [
      1,
      { "x~y": "text with \\"quotes\\" and { [" },
      "last"
    ],
    "d": null
  },
  "e": [[], {}, [ [
    true ] ]],
  "\\u0066": 7
}`;

test.each([
  ["", 1],
  ["/a", 2],
  ["/a/b~1c", 3],
  ["/a/b~1c/0", 4],
  ["/a/b~1c/1/x~0y", 5],
  ["/a/b~1c/2", 6],
  ["/a/d", 8],
  ["/e/2/0/0", 11],
  ["/f", 12],
  ["/a/b~1c/7", 3],
  ["/nowhere", 1],
])("the value at %j is in line %i", (pointer, line) => {
  expect(lineOf(TEXT, pointer)).toBe(line);
});

test("many pointers are found in one pass", () => {
  expect(linesOf(TEXT, ["/f", "/a/d", "/e", "/a/d", "/gone"])).toEqual([12, 8, 10, 8, 1]);
});

test("locations get their lines from the files they name; the others stay unchanged", () => {
  const file = textFile("a.tf.json", TEXT);

  expect(withLine({ file: "a.tf.json", pointer: "/a/d" }, [file])).toEqual({ file: "a.tf.json", pointer: "/a/d", line: 8 });
  expect(withLines([{ file: "other", pointer: "/a" }, { file: "a.tf.json" }], [file])).toEqual([
    { file: "other", pointer: "/a" },
    { file: "a.tf.json" },
  ]);
});

test("the locations in a model have lines in the plan", () => {
  const file = FIRST_PLAN;
  const lines = new TextDecoder().decode(file.bytes).split("\n");

  const [bucket] = only([file], FIRST_PLAN_SOURCES).buckets;

  const { line } = withLine(bucket!.locations.versioning!, [file]);
  expect(lines[line! - 1]).toContain('"versioning_configuration"');
});

test("every value of any JSON text is found on its line", () => {
  const leaves = (value: unknown, pointer: string): [string, unknown][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, child]) => leaves(child, pointerTo(pointer, key)))
      : [[pointer, value]];
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value, null, 1);
      const all = leaves(JSON.parse(text), "");

      const lines = linesOf(
        text,
        all.map(([pointer]) => pointer),
      );

      // Written with one value a line, the leaves come in the order of the lines, each in a line that ends with it.
      const textLines = text.split("\n");
      for (const [index, [, leaf]] of all.entries())
        expect(textLines[lines[index]! - 1]!.replace(/,$/, "").endsWith(JSON.stringify(leaf))).toBe(true);
      expect(new Set(lines).size).toBe(all.length);
    }),
  );
});
