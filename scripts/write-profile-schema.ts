/** Writes the schema of a vendor's profile; `test/vendors/profile-schema.test.ts` fails where the committed one differs. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { profileSchema, SCHEMA } from "./profile-schema";

writeFileSync(join(__dirname, "..", SCHEMA), profileSchema());
