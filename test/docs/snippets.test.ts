/** The code of the pages comes from files that the tests run: `npm run docs` writes it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ERRORS_PAGE, errorsPage } from "../../scripts/docs/errors-page";
import { handwrittenPages, sourcesIn, withSnippets } from "../../scripts/docs/snippets";
import { VENDORS_PAGE, vendorsPage } from "../../scripts/docs/vendors-page";

const read = (path: string) => readFileSync(join(__dirname, "..", "..", path), "utf8");

test.each(handwrittenPages())("%s shows its code as the sources have it now; if not, run `npm run docs` and commit it", (page) => {
  expect(withSnippets(read(page))).toBe(read(page));
});

test("a block below a marker becomes the file that it names, and others stay", () => {
  const page = "<!-- from: examples/main.ts -->\n```ts\nold\n```\n\n```ts\nmine\n```\n";

  expect(sourcesIn(page)).toEqual(["examples/main.ts"]);
  expect(withSnippets(page)).toBe(page.replace("old", read("examples/main.ts").trimEnd()));
});

test.each(["init nobody --dialect cdktf, stack.ts", "init kandji --dialect cdktf, other.ts"])(
  "fails where a source does not exist: %s",
  (source) => {
    expect(() => withSnippets(`<!-- from: ${source} -->\n\`\`\`ts\n\`\`\`\n`)).toThrow("init");
  },
);

test("the page of errors is up to date; if not, run `npm run docs` and commit it", () => {
  expect(read(ERRORS_PAGE)).toBe(errorsPage());
  expect(read(VENDORS_PAGE)).toBe(vendorsPage());
});

test("the page of errors has every code of the sources", () => {
  const sources = ["access", "bucket", "deliveries", "names", "policies", "profiles", "props", "warnings"].map(
    (name) => `lib/errors/${name}.ts`,
  );
  const codes = sources.flatMap((path) => [...read(path).matchAll(/code: "(\w+)"/g)].map((match) => match[1]!));

  const page = errorsPage();

  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code) => !page.includes(`### ${code}\n`))).toEqual([]);
});
