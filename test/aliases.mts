/** The package under its own name, as its sources: examples and tests import it as users do. */
import { join } from "node:path";

export const ALIASES = {
  "cdktf-vendor-destination/testing": join(import.meta.dirname, "..", "lib", "testing", "index.ts"),
  "cdktf-vendor-destination": join(import.meta.dirname, "..", "lib", "index.ts"),
};
