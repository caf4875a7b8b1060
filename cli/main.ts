#!/usr/bin/env node
/** The process: arguments and exit code. What a command sees of it is in `process-context.ts`; everything else is in `program.ts` and the commands. */
import { setFlagsFromString } from "node:v8";
import { processContext } from "./process-context";
import { main } from "./program";

/**
 * Keeps the heap's young generation as small as it begins. It would grow to 32 MB while a large plan is read, and to touch so many pages
 * for the first time takes longer than to collect a small one more often: an eighth of `check` on 1,000 destinations. A later V8 may
 * not know the flag.
 */
function keepYoungGenerationSmall(): void {
  if (Number.parseInt(process.versions.v8, 10) <= 13) setFlagsFromString("--semi-space-growth-factor=1");
}

keepYoungGenerationSmall();
main(process.argv.slice(2), processContext()).then((code) => {
  process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
});
