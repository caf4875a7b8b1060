import { defineConfig } from "vitest/config";
import { ALIASES } from "./test/aliases.mts";
import { HANG_LIMIT } from "./test/hang-limit.mts";

/** The package as users get it: the bundle alone, the packed tarball in an empty project. */
export default defineConfig({
  // Vitest reads the times of the last run without a lock, and other tests run beside these.
  cacheDir: "node_modules/.vite/package",
  // jsii writes .js beside .ts: without this order the tests would run yesterday's code.
  resolve: { alias: ALIASES, extensions: [".ts", ".mts", ".mjs", ".js", ".json"] },
  test: {
    include: ["test/package/**/*.test.ts", "test/release/**/*.test.ts", "test/site/**/*.test.ts"],
    ...HANG_LIMIT,
    // Half of a file's time is spent in processes that wait for a registry or a disk.
    maxWorkers: 2,
  },
});
