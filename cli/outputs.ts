/** Where reports go, and whether they have colours. */
import type { CommandContext } from "./command";
import { formatWithoutFileTwice, invalidOption, twoReportsInOneFile } from "./errors";
import { oneOf } from "./options";

/** A report that is asked for: `--format sarif=check.sarif`. */
export interface AskedReport<Format> {
  readonly format: Format;
  /** Absent for standard output. */
  readonly file?: string;
}

/**
 * The reports of one run. Where `--format` names a file for each, standard output has the text.
 *
 * @param output file of `--output`, in place of standard output
 */
export function askedReports<Format extends string>(
  values: readonly string[],
  formats: readonly (Format | "text")[],
  output?: string,
): AskedReport<Format | "text">[] {
  const asked = values.map((value) => askedReport(value, formats));
  const alone = asked.filter(({ file }) => file === undefined);
  if (alone.length > 1) throw formatWithoutFileTwice(alone.map(({ format }) => format));
  const all = alone.length === 0 ? [{ format: "text" as const }, ...asked] : asked;
  const reports = all.map(({ format, file = output }) => (file === undefined ? { format } : { format, file }));
  const files = reports.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw twoReportsInOneFile(twice);
  return reports;
}

function askedReport<Format extends string>(value: string, formats: readonly Format[]): AskedReport<Format> {
  const at = value.indexOf("=");
  const format = oneOf({ name: "--format", value: at < 0 ? value : value.slice(0, at) }, formats);
  if (at < 0) return { format };
  const file = value.slice(at + 1);
  if (file !== "") return { format, file };
  throw invalidOption({ name: "--format", rule: "must have a file behind the =", got: value, remedy: `write --format ${format}=report` });
}

/** Whether standard output gets colours. @see https://no-color.org */
export function isColoured(color: boolean | undefined, { stdout, env }: CommandContext): boolean {
  return color ?? (stdout.isTerminal && !env.NO_COLOR);
}
