/** The process as a command sees it. Anything that would end the process first asks the command to stop and clean up. */
import { setMaxListeners } from "node:events";
import type { CommandContext, Output } from "./command";
import { EXIT } from "./exit-codes";
import { printableLine } from "./report/shared";

/** Signals that ask a process to end. A closed terminal sends SIGHUP, and Ctrl-\ sends SIGQUIT. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * A command that listens to `signal` is asked to stop. Any other command ends at a signal by Node's default action, because a handler in
 * JavaScript would wait until `check` has computed its verdict.
 *
 * The first signal, a reader that closes its end (`| head`), or an uncaught error asks the command to stop and clean up. A second signal
 * ends the process at once and reports what is left behind.
 */
export function processContext(): CommandContext {
  const stop = new AbortController();
  // Every request in progress listens to it, and destinations are validated concurrently.
  setMaxListeners(0, stop.signal);
  const describers = new Set<Parameters<CommandContext["onKill"]>[0]>();
  const say = (line: string) => void process.stderr.write(printableLine(line));
  const endNow = () => {
    const left = [...describers].map((describe) => describe()).join("");
    if (left !== "") process.stderr.write(left);
    process.exit(left === "" ? EXIT.unknown : EXIT.leftBehind);
  };
  let isListening = false;
  let signals = 0;
  const listen = () => {
    if (isListening) return;
    isListening = true;
    for (const name of STOP_SIGNALS)
      process.on(name, () => {
        if (signals++ > 0) endNow();
        stop.abort(new Error(`interrupted by ${name}`));
      });
  };
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (error: unknown) => {
      process.exitCode = EXIT.unknown;
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      say(`could not tell: ${text}`);
      stop.abort(new Error(`stopped by an unexpected error: ${text}`));
    });
  // An uncaught error may leave a command that never ends, with nothing to wait for.
  process.on("beforeExit", () => {
    if (describers.size > 0) endNow();
  });
  const outputFails = (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") {
      // A command that listens stops and reports what is unknown. The result of any other command does not depend on its reader.
      if (describers.size > 0) say(`interrupted: nobody reads the output any more (${error.message}); cleaning up`);
      stop.abort(new Error("interrupted: nobody reads the output any more"));
      return;
    }
    process.exitCode = EXIT.unknown;
    say(`could not tell: the output cannot be written: ${error.message}`);
    stop.abort(new Error(`stopped: the output cannot be written: ${error.message}`));
  };
  return {
    env: process.env,
    stdout: output(process.stdout, outputFails),
    stderr: output(process.stderr, () => {}),
    get signal() {
      listen();
      return stop.signal;
    },
    onKill: (describe) => {
      describers.add(describe);
      return () => void describers.delete(describe);
    },
  };
}

/** A stream that drops what is written after it has failed. */
function output(stream: NodeJS.WriteStream, fails: (error: NodeJS.ErrnoException) => void): Output {
  let isOpen = true;
  stream.on("error", (error) => {
    if (isOpen) fails(error);
    isOpen = false;
  });
  return {
    write: (text) => {
      if (isOpen) stream.write(text);
    },
    isTerminal: Boolean(stream.isTTY),
  };
}
