import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProjectInlineConfiguration } from "vitest/config";

const ROOT = join(import.meta.dirname, "..");
/** Mocks, fake timers, and what is written into the process: all of them last until the process ends. */
const CHANGES_GLOBALS = /\bvi\.|\bprocess\.(env(\.\w+|\[[^\]]+\])\s*=[^=]|chdir\(|exitCode\s*=[^=]|on\()|\bglobalThis\b/;

/**
 * Test files that change globals get a process each. All others share processes, which load the library once: loading it anew for each
 * file takes as much time as the tests do.
 */
export function projectsByIsolation(patterns: readonly string[], exclude: readonly string[] = []): TestProjectInlineConfiguration[] {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT, exclude })).map((file) => file.replaceAll("\\", "/"));
  const changesGlobals = (file: string) => CHANGES_GLOBALS.test(readFileSync(join(ROOT, file), "utf8"));
  return [
    { extends: true, test: { name: "shared", isolate: false, include: files.filter((file) => !changesGlobals(file)) } },
    { extends: true, test: { name: "isolated", include: files.filter(changesGlobals) } },
  ];
}
