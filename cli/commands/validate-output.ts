/** Where reports go: to standard output and to files, each with its signature where the user named a key. */
import type { CommandContext } from "../command";
import { WRITABLE, writeOutputText } from "../input";
import type { EscapedText } from "../report/shared";
import { type Settings, signatureOf } from "../validate";

export class ReportOutput {
  /** A signature is over the whole report, so nothing of it is written before its end. */
  private readonly unsigned: EscapedText[] = [];

  constructor(
    private readonly signing: Settings["signing"],
    private readonly stdout: CommandContext["stdout"],
  ) {}

  print(text: EscapedText): void {
    if (this.signing) this.unsigned.push(text);
    else this.stdout.write(text);
  }

  /** Call it once everything is printed. */
  end(): void {
    const { signing, unsigned, stdout } = this;
    if (signing === undefined) return;
    const report = unsigned.splice(0).join("") as EscapedText;
    // The signature comes first, so that a file that cannot be written leaves no unsigned report.
    writeOutputText(signing.file, signatureOf(signing.key, report), { name: "--signature", remedy: WRITABLE });
    if (report !== "") stdout.write(report);
  }

  /** Writes a report to the file that `--format` names, and its signature beside it. */
  writeFile(file: string, report: EscapedText): void {
    const { signing } = this;
    if (signing) writeOutputText(`${file}.jws`, signatureOf(signing.key, report), { name: "--sign", remedy: WRITABLE });
    writeOutputText(file, report, { name: "--format", remedy: WRITABLE });
  }
}
