/** What docs/testing.md shows is what the examples run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { expect, test } from "vitest";
import { KandjiStack } from "../../examples/kandji/stack";
import { expectDestination } from "../../lib/testing";

const read = (path: string) => readFileSync(join(__dirname, "..", "..", path), "utf8");
const page = read("docs/testing.md");

test("each piece of TypeScript in the page stands in an example", () => {
  const examples = ["kandji/kandji.test.ts", "kandji/stack.ts", "six-sense/six-sense.test.ts", "six-sense/stack.ts"]
    .map((path) => read(`examples/${path}`))
    .join("");
  const pieces = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!);

  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.filter((piece) => !examples.includes(piece))).toEqual([]);
});

test("the page has both complete tests, with their imports and their stacks", () => {
  for (const path of ["kandji/kandji.test.ts", "kandji/stack.ts", "six-sense/six-sense.test.ts", "six-sense/stack.ts"]) {
    expect(page).toContain(`\`\`\`ts\n${read(`examples/${path}`)}\`\`\``);
  }
});

test("the page shows a failure as it is thrown", () => {
  const shown = page.match(/```text\nAssertionError: ([\s\S]*?)\n```/)![1]!;
  const destination = expectDestination(new KandjiStack(Testing.app(), "kandji"), "Kandji");

  expect(() => destination.vendorMay("s3:PutObject", { overHttp: true })).toThrow(shown);
});

test("the page has every assertion", () => {
  const source = read("lib/testing/expect-destination.ts");
  const assertions = [...source.matchAll(/^ {2}public (?!constructor)(\w+)\(/gm)].map((match) => match[1]!);

  expect(assertions).toContain("vendorMay");
  expect(assertions.filter((name) => !page.includes(`| \`${name}(`))).toEqual([]);
});
