/** The report as GitHub Markdown, for a comment of a pull request or the summary of a job. */
import { expectationFindings } from "../check/run";
import { code, details, MARKS, plain, table } from "./gfm";
import { matrixOf } from "./matrix";
import { accessPath } from "./mermaid";
import { showFindingPlace } from "./places";
import { showScannerIds } from "./text";
import type { CheckedDestination, CheckReport, ReportedFinding } from "./types";

/** A comment may have 65,536 characters; of more destinations than this only those that need attention are shown in full. */
const MOST_IN_FULL = 10;

export function checkMarkdown(report: CheckReport): string {
  const { destinations, findings, notes, notChecked, exitCode } = report;
  const shown =
    destinations.length <= MOST_IN_FULL ? destinations : destinations.filter(({ outcome }) => outcome !== "pass").slice(0, MOST_IN_FULL);
  const verdict = { 0: "✅ as expected", 1: "❌ not as expected", 3: "❔ could not tell" }[exitCode] ?? "";
  const all = [...expectationFindings(destinations), ...findings];
  return `${[
    `## Vendor destinations: ${verdict}`,
    totalsLine(report),
    ...notes.map((note) => `> [!NOTE]\n> ${plain(note)}`),
    ...(all.length === 0 ? [] : [findingsTable(all)]),
    ...shown.map(destinationSection),
    ...(shown.length < destinations.length ? [`${destinations.length - shown.length} more destinations are not shown here.`] : []),
    ...(destinations.length === 0 ? [] : [details("Not checked", notChecked.map((item) => `- ${plain(item)}`).join("\n"))]),
  ].join("\n\n")}\n`;
}

function totalsLine({ totals }: CheckReport): string {
  const { destinations, pass, fail, unknown, findings, accepted } = totals;
  const found = Object.values(findings).reduce((sum, count) => sum + count, 0);
  return `${destinations} destination${destinations === 1 ? "" : "s"} · ${pass} as expected · ${fail} not · ${unknown} not known · ${found} findings · ${accepted} accepted`;
}

function findingsTable(findings: readonly ReportedFinding[]): string {
  const rows = findings
    .slice(0, 100)
    .map((finding) => [
      finding.severity,
      `[${plain(finding.ruleId)}](${finding.help})`,
      plain(finding.detail),
      plain(finding.remedy),
      code(showFindingPlace(finding)),
    ]);
  const more = findings.length > 100 ? `\n\n${findings.length - 100} more findings are not shown here.` : "";
  return `### Findings\n\n${table(["Severity", "Rule", "What", "Remedy", "Where"], rows)}${more}`;
}

function destinationSection(destination: CheckedDestination): string {
  const { vendor, product, bucket, outcome, results, accepted, contract } = destination;
  const { columns, rows } = matrixOf(results);
  const matrix = table(
    ["", ...columns.map(({ title }) => title)],
    rows.map(({ title, cells }) => [
      plain(title),
      ...cells.map((cell) =>
        cell === undefined
          ? ""
          : `${cell.outcome === "pass" ? "" : `${MARKS[cell.outcome]} `}${cell.answer === "can" ? "**can**" : cell.answer}`,
      ),
    ]),
  );
  const settings = table(
    ["Setting", "", "Right is"],
    results
      .filter(({ kind }) => kind === "posture")
      .map((result) => [plain(result.title), MARKS[result.outcome], code(shorten(result.expected))]),
  );
  return [
    `### ${MARKS[outcome]} ${plain(vendor)} ${plain(product)} → ${code(bucket)}`,
    `Contract ${code(contract)}`,
    accessPath(destination),
    matrix,
    details("Settings", settings),
    ...(accepted.length === 0
      ? []
      : [
          details(
            "Accepted, as the vendor asks for it",
            table(
              ["Code", "Reason", "Scanners report it as"],
              accepted.map((item) => [
                item.code,
                `[${plain(item.reason)}](${encodeURI(item.source)})`,
                plain(showScannerIds(item.reportedAs)),
              ]),
            ),
          ),
        ]),
  ].join("\n\n");
}

function shorten(expected: string): string {
  return expected.length > 60 ? `one of ${expected.split(" or ").length}` : expected;
}
