import { defineConfig } from "vitest/config";
import { ALIASES } from "./test/aliases.mts";
import { HANG_LIMIT } from "./test/hang-limit.mts";
import { projectsByIsolation } from "./test/isolation.mts";
import { lazyRequires } from "./test/lazy-requires.mts";

/** Everything that needs neither the packed package nor an emulator. */
export default defineConfig({
  plugins: [lazyRequires()],
  // jsii writes .js beside .ts: without this order the tests would run yesterday's code.
  resolve: { alias: ALIASES, extensions: [".ts", ".mts", ".mjs", ".js", ".json"] },
  test: {
    ...HANG_LIMIT,
    // Vitest leaves one processor to itself, which is half of a machine with two.
    maxWorkers: "100%",
    projects: projectsByIsolation(
      ["test/**/*.test.ts", "examples/**/*.test.ts"],
      ["test/e2e/**", "test/languages/**", "test/package/**", "test/release/**", "test/site/**"],
    ),
  },
});
