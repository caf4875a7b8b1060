/** The pages of the rules are generated: `npm run docs` writes them. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES } from "../../lib/rules";
import { CONTRACT_RULES } from "../../lib/rules/contract-rules";
import { PAGES, rulePages } from "../../scripts/rule-pages";

const pages = rulePages();

test.each([...pages])("%s is up to date; if not, run `npm run docs` and commit it", (name, text) => {
  expect(readFileSync(`${PAGES}/${name}`, "utf8")).toBe(text);
});

test("there is no page without a rule", () => {
  expect(readdirSync(PAGES).sort()).toEqual([...pages.keys()].sort());
});

test("one file defines one rule and has its id as name", () => {
  const files = readdirSync("lib/rules", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "reach")
    .flatMap(({ name }) => readdirSync(`lib/rules/${name}`).filter((file) => /(?<!\.d)\.ts$/.test(file)));

  expect(files.sort()).toEqual([...RULES, ...Object.values(CONTRACT_RULES)].map(({ id }) => `${id}.ts`).sort());
});

test("the exported name of a rule follows its id", () => {
  const camelCase = (id: string) => id.replace(/-([a-z0-9])/g, (_, character: string) => character.toUpperCase());
  const listing = readFileSync("lib/rules/rules.ts", "utf8") + readFileSync("lib/rules/contract-rules.ts", "utf8");

  for (const { id } of [...RULES, ...Object.values(CONTRACT_RULES)]) {
    expect(listing).toMatch(new RegExp(`import \\{ ${camelCase(id)} \\} from "\\./[a-z-]+/${id}";`));
  }
});
