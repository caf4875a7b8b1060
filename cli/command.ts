/** The interface of a command. Only `main` knows the process. A command gets values and returns its exit code. */
import type { Command } from "commander";
import type { ExitCode } from "./exit-codes";
import type { EscapedText } from "./report/shared";

/** A stream for text. It accepts only escaped text. */
export interface Output {
  write(text: EscapedText): void;
  /** A terminal: progress and colours are welcome. */
  readonly isTerminal: boolean;
}

/** The environment of a command. Tests supply their own. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: Output;
  /** Errors and notes. */
  readonly stderr: Output;
  /** Aborted when the user or the system asks the program to stop. */
  readonly signal: AbortSignal;
  /** Registers what to print if the program is killed before it could clean up; returns a function that removes it. */
  onKill(describe: () => EscapedText): () => void;
}

/** The module of one command: `cli/commands/<name>.ts` exports it as `command`. */
export interface CommandModule {
  /** Declares arguments and options; called only when the command was asked for. */
  define(command: Command): void;
  /** Runs the command with the declared arguments, in order, and the options by their camel-case names. */
  run(args: readonly unknown[], options: Readonly<Record<string, unknown>>, context: CommandContext): Promise<ExitCode>;
}

/** An argument that is one of a few words. The command itself says where it is missing. */
export interface FirstArgument {
  readonly name: string;
  readonly help: string;
  readonly choices: readonly string[];
}

/** What commander knows of an option or an argument, and the words that it does not know. */
export interface WithChoices {
  readonly flags?: string;
  argChoices?: string[];
  /** Help would call them all that there is. */
  wordsBesideFile?: readonly string[];
}
