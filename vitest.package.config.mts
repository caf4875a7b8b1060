import { defineConfig } from "vitest/config";

/** The package as users get it: the bundle alone, the packed tarball in an empty project. */
export default defineConfig({
  test: { include: ["test/package/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 600_000, fileParallelism: false },
});
