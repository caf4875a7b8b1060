/** The program: finds the command that was asked for, loads it, runs it. The process itself is in `main.ts`. */

import type { Command } from "commander";
import type { CommandContext } from "./command";
import { COMMANDS, type CommandEntry } from "./commands/index";
import { completionScript, SHELLS, type Shell } from "./completion";
import { UsageError } from "./errors";
import { EXIT, type ExitCode, exitHelp } from "./exit-codes";
import { printableLine, printableLines } from "./report/shared";
import { VERSION } from "./version";

export async function main(
  argv: readonly string[],
  context: CommandContext,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<ExitCode> {
  const { Argument, Command, CommanderError } = await import("commander");
  const program = new Command("vendor-destination")
    .description("Checks, validates and watches S3 buckets that a vendor delivers into.")
    .version(VERSION)
    .addHelpText("after", exitHelp())
    .showHelpAfterError("(see --help)")
    .configureOutput({
      writeOut: (text) => context.stdout.write(printableLines(text)),
      writeErr: (text) => context.stderr.write(printableLines(text)),
    })
    .exitOverride();
  let exitCode: ExitCode = EXIT.fine;
  const asked = argv.find((word) => !word.startsWith("-"));
  const named = asked === "help" ? argv[argv.indexOf("help") + 1] : asked;
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary).description(sentence(entry.summary));
    if (entry.name !== named) continue;
    const module = await entry.load();
    module.define(command);
    command.addHelpText("after", exitHelp(entry.name)).action(async () => {
      exitCode = await module.run(command.processedArgs, given(command), context);
    });
  }
  const completion = program
    .command("completion")
    .summary(COMPLETION)
    .description(sentence(COMPLETION))
    .addArgument(new Argument("<shell>", "the shell that loads the script").choices(SHELLS))
    .addHelpText("after", LOADING);
  completion.action(async (shell: Shell) => {
    context.stdout.write(completionScript(shell, [...(await Promise.all(commands.map(declared))), completion]));
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (error instanceof UsageError) {
      context.stderr.write(printableLine(error.message));
      return EXIT.usage;
    }
    const isTraced = error instanceof Error && error.stack !== undefined && context.env.VENDOR_DESTINATION_DEBUG;
    const short = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    context.stderr.write(isTraced ? printableLines(`could not tell: ${error.stack}\n`) : printableLine(`could not tell: ${short}`));
    return EXIT.unknown;
  }
}

const COMPLETION = "print a script that completes commands and options in a shell";

const LOADING = `
Load the script in your shell's startup file:
  bash  source <(vendor-destination completion bash)
  zsh   source <(vendor-destination completion zsh), after compinit
  fish  vendor-destination completion fish | source`;

/** A command with its options and without an action. */
async function declared({ name, summary, load }: CommandEntry): Promise<Command> {
  const { Command } = await import("commander");
  const command = new Command(name).summary(summary);
  (await load()).define(command);
  return command;
}

/** The options that the user gave: a default may be overridden by the configuration file. */
function given(command: Command): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) !== "default"));
}

function sentence(summary: string): string {
  return `${summary[0]!.toUpperCase()}${summary.slice(1)}.`;
}
