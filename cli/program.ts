/** The program: finds the command that was asked for, loads it, runs it. The process itself is in `main.ts`. */

import type { CommandContext } from "./command";
import { COMMANDS, type CommandEntry } from "./commands/index";
import { EXIT, EXIT_HELP, type ExitCode } from "./exit-codes";
import { printable } from "./report/shared/printable";
import { VERSION } from "./version";

export async function main(
  argv: readonly string[],
  context: CommandContext,
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<ExitCode> {
  const { Command, CommanderError } = await import("commander");
  const program = new Command("vendor-destination")
    .description("Checks, validates and watches S3 buckets that a vendor delivers into.")
    .version(VERSION)
    .addHelpText("after", EXIT_HELP)
    .showHelpAfterError("(see --help)")
    .configureOutput({ writeOut: (text) => context.stdout.write(text), writeErr: (text) => context.stderr.write(text) })
    .exitOverride();
  let exitCode: ExitCode = EXIT.fine;
  const asked = argv.find((word) => !word.startsWith("-"));
  const named = asked === "help" ? argv[argv.indexOf("help") + 1] : asked;
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary).description(sentence(entry.summary));
    if (entry.name !== named) continue;
    const module = await entry.load();
    module.define(command);
    command.addHelpText("after", EXIT_HELP).action(async () => {
      exitCode = await module.run(command.processedArgs, command.opts(), context);
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    const known = error instanceof Error && error.name === "UsageError";
    if (known) {
      context.stderr.write(`${printable(error.message)}\n`);
      return EXIT.usage;
    }
    const short = printable(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const text = error instanceof Error && context.env.VENDOR_DESTINATION_DEBUG ? error.stack : short;
    context.stderr.write(`could not tell: ${text}\n`);
    return EXIT.unknown;
  }
}

function sentence(summary: string): string {
  return `${summary[0]!.toUpperCase()}${summary.slice(1)}.`;
}
