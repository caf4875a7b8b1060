import { defineConfig } from "vitest/config";
import { HANG_LIMIT } from "./test/hang-limit.mts";

/** The package as users get it: the bundle alone, the packed tarball in an empty project. */
export default defineConfig({
  test: { include: ["test/package/**/*.test.ts"], ...HANG_LIMIT, fileParallelism: false },
});
