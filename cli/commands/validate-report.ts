/** Prints the report of a validation: on standard output, and into the files that `--format` names. */
import type { DeliveryContract } from "../../lib/contract";
import type { CommandContext } from "../command";
import { EXIT, type ExitCode } from "../exit-codes";
import { maskAccounts, printableLine } from "../report/shared";
import {
  type Deadlines,
  deadlinesText,
  leftText,
  renderValidate,
  runText,
  totalsText,
  unknownText,
  type ValidateReport,
} from "../report/validate";
import type { Settings } from "../validate";
import { ReportOutput } from "./validate-output";
import { needsAttention, type Screen } from "./validate-screen";

interface Printed {
  readonly contracts: readonly DeliveryContract[];
  readonly settings: Settings;
  /** Hide account IDs. */
  readonly masked: boolean;
  readonly context: CommandContext;
}

interface PrintedReport extends Printed {
  readonly deadlines: Deadlines;
  readonly colour: boolean;
  readonly output: ReportOutput;
  readonly screen: Screen;
}

/** @returns the exit code of the report */
export function printReport(validated: ValidateReport, options: PrintedReport): ExitCode {
  const { settings, masked, context, deadlines, colour, output, screen } = options;
  // Masked together, so that an account has the same mask in both.
  const whole = { report: validated, contracts: options.contracts };
  const { report, contracts } = masked ? maskAccounts(whole) : whole;
  screen.clear();
  if (settings.format !== "text") output.print(renderValidate(report, contracts, settings.format));
  else if (!settings.quiet || report.exitCode !== EXIT.fine) {
    const isAlone = contracts.length === 1 && !settings.quiet;
    for (const shown of isAlone ? report.destinations : report.destinations.filter(needsAttention)) screen.show(shown);
    if (!settings.quiet) output.print(deadlinesText(deadlines));
    output.print(runText(report, { colour }));
    output.print(totalsText(report.totals));
  }
  output.end();
  writeFiles(report, { contracts, settings, output });
  for (const { left } of report.destinations) context.stderr.write(leftText(left));
  if (report.exitCode === EXIT.unknown) context.stderr.write(unknownText(report, settings));
  return report.exitCode;
}

/**
 * Prints one line as text, and the whole report in every other format.
 *
 * @returns the exit code of the report
 */
export function printOneLine(line: string, whole: ValidateReport, { contracts, settings, masked, context }: Printed): ExitCode {
  const output = new ReportOutput(settings.signing, context.stdout);
  const report = masked ? maskAccounts(whole) : whole;
  const isText = settings.format === "text";
  output.print(isText ? printableLine(`? ${masked ? maskAccounts(line) : line}`) : renderValidate(report, contracts, settings.format));
  output.end();
  if (!isText) context.stderr.write(unknownText(report, settings));
  writeFiles(report, { contracts, settings, output });
  return report.exitCode;
}

interface WrittenReport extends Pick<Printed, "contracts" | "settings"> {
  readonly output: ReportOutput;
}

function writeFiles(report: ValidateReport, { contracts, settings, output }: WrittenReport): void {
  for (const { format, file } of settings.reports)
    if (file !== undefined) output.writeFile(file, renderValidate(report, contracts, format));
}
