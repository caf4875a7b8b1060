/** Who can do what to each bucket, in each format. */
import type { BucketAccess, CallerAccess, GroupAccess } from "../../../lib/reach";
import { type EscapedText, jsonText, paint, TextWriter } from "../shared";
import { code, markdownDocument, plain, table } from "../shared/markdown";

export const ACCESS_FORMATS = ["text", "json", "markdown"] as const;
export type AccessFormat = (typeof ACCESS_FORMATS)[number];

export interface AccessReport {
  readonly schemaVersion: 1;
  readonly program: string;
  readonly buckets: readonly BucketAccess[];
  /** What the policies of the input cannot show. */
  readonly notShown: readonly string[];
  readonly exitCode: number;
}

export function renderAccess(
  report: AccessReport,
  { format, colour }: { readonly format: AccessFormat; readonly colour: boolean },
): EscapedText {
  if (format === "json") return jsonText(report, 2);
  return format === "markdown" ? markdown(report) : text(report, colour);
}

function text({ buckets, notShown }: AccessReport, colour: boolean): EscapedText {
  const writer = new TextWriter({ colour });
  for (const { bucket, callers, others, problem } of buckets) {
    writer.gap().line(paint(bucket, "bold"));
    if (problem !== undefined) writer.line(`  could not tell: ${problem}`);
    for (const caller of callers) {
      writer.line(`  ${titleOf(caller)}`);
      for (const { what, extent, words } of caller.access) {
        if (extent !== "cannot")
          writer.line(
            `    ${what.padEnd(30)} `,
            paint(answerOf(extent), COLOURS[extent]),
            words.length === 0 ? "" : `: ${words.join("; or ")}`,
          );
      }
    }
    if (problem === undefined)
      writer.line(
        "  anybody else ",
        paint(answerOf(others.extent), COLOURS[others.extent]),
        others.because === undefined ? "" : `: ${others.because}`,
      );
  }
  writer.gap().line(paint("Not shown", "bold"));
  for (const item of notShown) writer.line(`  - ${item}`);
  return writer.text;
}

const COLOURS = { can: "bold", some: "bold", cannot: "grey", couldNotTell: "unknown" } as const;

function answerOf(extent: GroupAccess["extent"]): string {
  return extent === "couldNotTell" ? "could not tell" : extent;
}

function titleOf({ caller, assumedBy }: CallerAccess): string {
  return assumedBy === undefined ? caller : `${caller}, which ${assumedBy.join(", ") || "nobody"} may assume`;
}

function markdown({ buckets, notShown }: AccessReport): EscapedText {
  const sections = buckets.map(({ bucket, callers, others, problem }) => {
    const rows = callers.flatMap((caller) =>
      caller.access
        .filter(({ extent }) => extent !== "cannot")
        .map(({ what, extent, words }) => [plain(titleOf(caller)), plain(what), answerOf(extent), words.map(plain).join("; or ")]),
    );
    const rest =
      problem === undefined
        ? ["anybody else", "anything", answerOf(others.extent), plain(others.because ?? "")]
        : ["", "", "could not tell", plain(problem)];
    return `### ${code(bucket)}\n\n${table(["Who", "What", "", "Which"], [...rows, rest])}`;
  });
  return markdownDocument(["## Access", ...sections, `Not shown: ${notShown.map(plain).join("; ")}.`]);
}
