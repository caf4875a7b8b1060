/** Writes the code into the pages, the page of errors, and that of vendors; `test/docs` fails where a committed file differs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ERRORS_PAGE, errorsPage } from "./errors-page";
import { handwrittenPages, withSnippets } from "./snippets";
import { VENDORS_PAGE, vendorsPage } from "./vendors-page";

const ROOT = join(__dirname, "..", "..");

for (const page of handwrittenPages()) writeFileSync(join(ROOT, page), withSnippets(readFileSync(join(ROOT, page), "utf8")));
writeFileSync(join(ROOT, ERRORS_PAGE), errorsPage());
writeFileSync(join(ROOT, VENDORS_PAGE), vendorsPage());
