/** Writes the code into the pages, and the page of errors; `test/docs` fails where a committed file differs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ERRORS_PAGE, errorsPage } from "./errors-page";
import { handwrittenPages, withSnippets } from "./snippets";

const ROOT = join(__dirname, "..", "..");

for (const page of handwrittenPages()) writeFileSync(join(ROOT, page), withSnippets(readFileSync(join(ROOT, page), "utf8")));
writeFileSync(join(ROOT, ERRORS_PAGE), errorsPage());
