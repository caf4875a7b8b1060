import { join } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";
import { ALIASES } from "./test/aliases.mts";
import { HANG_LIMIT } from "./test/hang-limit.mts";
import { projectsByIsolation } from "./test/isolation.mts";
import { lazyRequires } from "./test/lazy-requires.mts";

const MODULES = join(import.meta.dirname, ".cache", "cdktn", "node_modules");
const PROVIDER = join(MODULES, "@cdktn", "provider-aws");

/** Node.js's own `require` knows no alias. */
function providerRequires(): Plugin {
  return {
    name: "provider-requires",
    enforce: "pre",
    transform(code, id) {
      if (!/\/lib\/.*\.ts$/.test(id)) return;
      return code.replaceAll('require("@cdktf/provider-aws/', `require("${PROVIDER}/`);
    },
  };
}

/** The tests of the constructs and of the test kit, with CDK Terrain in the place of CDK for Terraform. */
export default defineConfig({
  // Vitest reads the times of the last run without a lock, and other tests run beside these.
  cacheDir: "node_modules/.vite/cdktn",
  plugins: [lazyRequires(), providerRequires()],
  resolve: {
    alias: { ...ALIASES, "@cdktf/provider-aws": PROVIDER, cdktf: join(MODULES, "cdktn"), constructs: join(MODULES, "constructs") },
    // jsii writes .js beside .ts: without this order the tests would run yesterday's code.
    extensions: [".ts", ".mts", ".mjs", ".js", ".json"],
  },
  test: {
    ...HANG_LIMIT,
    projects: projectsByIsolation(["test/constructs/**/*.test.ts", "test/testing/**/*.test.ts", "examples/**/*.test.ts"]),
  },
});
