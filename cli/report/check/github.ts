/**
 * The report as workflow commands, which GitHub Actions shows as annotations beside the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import type { Severity } from "../../../lib/rules";
import { type EscapedText, printable, printableLines, showFindingPlace } from "../shared";
import { expectationFindings } from "./expectation-findings";
import { showAcceptance } from "./show-acceptance";
import { mostSevereFirst, totalsLine } from "./text";
import type { CheckReport, ReportedFinding } from "./types";

type Level = "error" | "warning" | "notice";

const LEVELS: Readonly<Record<Severity, Level>> = { high: "error", medium: "warning", low: "notice", info: "notice" };

/** GitHub shows ten annotations of each level, so the most severe ones come first. */
export function checkGithub(report: CheckReport): EscapedText {
  const { destinations, findings, acceptances, notes, undecided, totals } = report;
  const found = mostSevereFirst([...expectationFindings(destinations), ...findings]);
  const lines = [
    ...notes.map((note) =>
      undecided.includes(note) ? annotation("error", { title: "could not tell" }, [note]) : annotation("notice", { title: "note" }, [note]),
    ),
    ...found.map((finding) => annotationOf(finding, finding.isUnknown ? "warning" : LEVELS[finding.severity])),
    ...acceptances.flatMap((acceptance) =>
      acceptance.findings.map((finding) => annotationOf(finding, "notice", `accepted: ${showAcceptance(acceptance)}: `)),
    ),
    escapeData(totalsLine(totals)),
  ];
  return printableLines(`${lines.join("\n")}\n`);
}

function annotationOf(finding: ReportedFinding, level: Level, prefix = ""): string {
  const { ruleId, detail, remedy, location, help } = finding;
  const properties = { file: location.file, ...(location.line !== undefined && { line: String(location.line) }), title: ruleId };
  return annotation(level, properties, [`${prefix}${detail}`, `remedy: ${remedy}`, `at: ${showFindingPlace(finding)}`, help]);
}

function annotation(level: Level, properties: Readonly<Record<string, string>>, lines: readonly string[]): string {
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level} ${shown.join(",")}::${lines.map(escapeData).join("%0A")}`;
}

/** Escapes a text so that it ends neither the command nor its line: no text of a plan can begin another command. */
function escapeData(text: string): string {
  return printable(text).replaceAll("%", "%25");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
