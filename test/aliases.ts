/** The package under its own name, as its sources: examples and tests import it as users do. */
import { join } from "node:path";

export const ALIASES = {
  "cdktf-vendor-destination/testing": join(__dirname, "..", "lib", "testing", "index.ts"),
  "cdktf-vendor-destination": join(__dirname, "..", "lib", "index.ts"),
};
