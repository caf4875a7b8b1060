/** What is shown while a validation runs: a line that changes on a terminal, one line for each of many destinations. */
import type { CommandContext } from "../command";
import { maskAccounts, NO_PROGRESS, progressText } from "../report/shared";
import { type DestinationReport, destinationLine, destinationText } from "../report/validate";
import type { Settings } from "../validate";
import type { ReportOutput } from "./validate-output";

interface ScreenOptions extends Pick<Settings, "format" | "quiet" | "signing"> {
  /** How many there are. */
  readonly destinations: number;
  /** Hide account IDs. */
  readonly masked: boolean;
  readonly colour: boolean;
  readonly output: ReportOutput;
}

export class Screen {
  private readonly colour: boolean;
  private readonly live: boolean;

  constructor(
    private readonly options: ScreenOptions,
    private readonly context: Pick<CommandContext, "stdout">,
  ) {
    this.colour = options.colour;
    this.live = context.stdout.isTerminal && options.format === "text" && options.signing === undefined;
  }

  /** @param shown with the bucket's name, which may hold an account ID */
  progress(shown: { readonly bucket: string; readonly line: string }): void {
    const { line } = this.options.masked ? maskAccounts(shown) : shown;
    if (this.live) this.context.stdout.write(progressText(line));
  }

  clear(): void {
    if (this.live) this.context.stdout.write(NO_PROGRESS);
  }

  finished(report: DestinationReport): void {
    const { destinations, format, quiet } = this.options;
    if (destinations === 1 || format !== "text" || (quiet && !needsAttention(report))) return;
    this.clear();
    this.options.output.print(destinationLine(this.options.masked ? maskAccounts(report) : report, { colour: this.colour }));
  }

  show(report: DestinationReport): void {
    this.options.output.print(destinationText(report, { colour: this.colour }));
  }
}

export function needsAttention({ results, left, stopped }: DestinationReport): boolean {
  return stopped !== undefined || left.length > 0 || results.some(({ outcome }) => outcome !== "pass");
}
