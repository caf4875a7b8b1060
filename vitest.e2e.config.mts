import { defineConfig } from "vitest/config";
import { ALIASES } from "./test/aliases.mts";
import { HANG_LIMIT } from "./test/hang-limit.mts";
import { lazyRequires } from "./test/lazy-requires.mts";

/** Both examples deployed into an emulator of AWS, with the vendor and a stranger in accounts of their own. */
export default defineConfig({
  plugins: [lazyRequires()],
  // Vitest reads the times of the last run without a lock, and other tests run beside these.
  cacheDir: "node_modules/.vite/e2e",
  // jsii writes .js beside .ts: without this order the tests would run yesterday's code.
  resolve: { alias: ALIASES, extensions: [".ts", ".mts", ".mjs", ".js", ".json"] },
  test: {
    include: ["test/e2e/**/*.test.ts"],
    ...HANG_LIMIT,
    // Each file has an emulator of its own. Half of a file's time is spent in processes that wait for each other.
    maxWorkers: 3,
    // Terraform and its provider mostly decode schemas; with Go's default they spend a fifth of their time on collecting garbage.
    env: { GOGC: "400" },
  },
});
