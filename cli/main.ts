#!/usr/bin/env node
/** The process: arguments and exit code. What a command sees of it is in `process-context.ts`; everything else is in `program.ts` and the commands. */
import { setFlagsFromString } from "node:v8";
import { processContext } from "./process-context";
import { main } from "./program";

/**
 * Settings of V8 for a program that ends within seconds.
 *
 * - The heap's young generation stays as small as it begins. It would grow to 32 MB while a large plan is read, and to touch so many
 *   pages for the first time takes longer than to collect a small one more often: an eighth of `check` on 1,000 destinations.
 * - Node 20 compiles a function with its optimizing compiler after 132 KB of executed bytecode. Most functions here never earn that
 *   back: the compiler took a third of the processor time of `check` on 1,000 destinations, and almost half on two. Node 24 has a
 *   cheaper compiler for this stage, and the optimizing one after it: there it took a sixth, on 6,000 destinations too. Only loops
 *   that run very long get to it.
 *
 * A later V8 may not know the flags.
 */
function tuneForShortRun(): void {
  const version = Number.parseInt(process.versions.v8, 10);
  if (version <= 13) setFlagsFromString("--semi-space-growth-factor=1");
  if (version <= 11) setFlagsFromString(`--interrupt-budget=${OPTIMIZED_AFTER_BYTES}`);
  if (version === 13) setFlagsFromString(`--invocation-count-for-turbofan=${OPTIMIZED_AFTER_CALLS}`);
}

const OPTIMIZED_AFTER_BYTES = 400_000;
const OPTIMIZED_AFTER_CALLS = 1_000_000;

tuneForShortRun();
main(process.argv.slice(2), processContext()).then((code) => {
  process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
});
