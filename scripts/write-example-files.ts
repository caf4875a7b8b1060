/** Writes the examples as texts for `init`; `test/cli/init/init.test.ts` fails where the committed file differs. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLE_FILES, exampleFiles } from "./example-files";

writeFileSync(join(__dirname, "..", EXAMPLE_FILES), exampleFiles());
