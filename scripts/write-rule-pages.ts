/** Writes the pages of the rules; `test/rules/pages.test.ts` fails where the committed pages differ. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PAGES, rulePages } from "./rule-pages";

const folder = join(__dirname, "..", PAGES);
const pages = rulePages();
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
