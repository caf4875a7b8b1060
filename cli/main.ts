#!/usr/bin/env node
/** The process: arguments, environment, streams, signals and exit code. Everything else is in `program.ts` and the commands. */
import { setFlagsFromString } from "node:v8";
import type { CommandContext, Output } from "./command";
import { EXIT } from "./exit-codes";
import { main } from "./program";

function output(stream: NodeJS.WriteStream): Output {
  return { write: (text) => void stream.write(text), isTerminal: Boolean(stream.isTTY) };
}

/** The first SIGINT or SIGTERM asks the command to stop and clean up; the second ends the program and says what stays. */
function processContext(): CommandContext {
  const stop = new AbortController();
  const describers = new Set<Parameters<CommandContext["onKill"]>[0]>();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        stop.abort(new Error(`interrupted by ${name}`));
        return;
      }
      const left = [...describers].map((describe) => describe()).join("");
      if (left !== "") process.stderr.write(left);
      process.exit(left === "" ? EXIT.unknown : EXIT.leftBehind);
    });
  }
  // A reader that closes its end early (`| head`) is not an error of the program.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.unknown);
  });
  return {
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    signal: stop.signal,
    onKill: (describe) => {
      describers.add(describe);
      return () => void describers.delete(describe);
    },
  };
}

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
  process.exitCode = code;
});
