/** Writes the Terraform modules; `test/modules/modules.test.ts` fails where the committed files differ. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MODULES_FOLDER, moduleFiles } from "./modules";

for (const [name, text] of moduleFiles()) {
  const path = join(__dirname, "..", "..", MODULES_FOLDER, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
