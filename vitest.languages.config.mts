import { defineConfig } from "vitest/config";
import { HANG_LIMIT } from "./test/hang-limit.mts";

/** The generated packages for Java and Go, compiled and run: a minute of processor time for what changes seldom. */
export default defineConfig({
  cacheDir: "node_modules/.vite/languages",
  test: { include: ["test/languages/**/*.test.ts"], ...HANG_LIMIT },
});
