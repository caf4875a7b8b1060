/** The report as GitHub Markdown, for a comment of a pull request or the summary of a job. */
import { expectationFindings } from "../../check/run";
import { EXIT } from "../../exit-codes";
import { code, details, link, MARKS, notShown, plain, table } from "../shared/github-markdown";
import { showFindingPlace } from "../shared/locations";
import { matrixOf } from "../shared/matrix";
import { accessPath } from "../shared/mermaid";
import { plural } from "../shared/plural";
import { shorten, showScannerIds } from "./text";
import type { CheckedDestination, CheckReport, ReportedFinding } from "./types";

/** A comment may have 65,536 characters; of more destinations than this only those that need attention are shown in full. */
const MOST_IN_FULL = 10;

export function checkMarkdown(report: CheckReport): string {
  const { destinations, findings, notes, notChecked } = report;
  const shown =
    destinations.length <= MOST_IN_FULL ? destinations : destinations.filter(({ outcome }) => outcome !== "pass").slice(0, MOST_IN_FULL);
  const all = [...expectationFindings(destinations), ...findings];
  return `${[
    `## Vendor destinations: ${headline(report)}`,
    totalsLine(report),
    ...notes.map((note) => `> [!NOTE]\n> ${plain(note)}`),
    ...(all.length === 0 ? [] : [findingsTable(all)]),
    ...shown.map(destinationSection),
    ...(shown.length < destinations.length ? [notShown(destinations.length - shown.length, "destination")] : []),
    ...(destinations.length === 0 ? [] : [details("Not checked", notChecked.map((item) => `- ${plain(item)}`).join("\n"))]),
  ].join("\n\n")}\n`;
}

/** A mark that says fine is for what was judged, and was all known. */
function headline({ exitCode, totals }: CheckReport): string {
  if (exitCode === EXIT.finding) return "❌ not as expected";
  if (exitCode === EXIT.unknown) return "❔ could not tell";
  if (totals.unknown > 0) return "❔ as expected, as far as it is known";
  return totals.destinations === 0 ? "❔ nothing was expected of any vendor" : "✅ as expected";
}

function totalsLine({ totals }: CheckReport): string {
  const { destinations, pass, fail, unknown, findings, accepted } = totals;
  const found = Object.values(findings).reduce((sum, count) => sum + count, 0);
  return `${plural(destinations, "destination")} · ${pass} as expected · ${fail} not · ${unknown} not known · ${plural(found, "finding")} · ${accepted} accepted`;
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
  const more = findings.length > 100 ? `\n\n${notShown(findings.length - 100, "finding")}` : "";
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
              accepted.map((item) => [plain(item.code), link(item.reason, item.source), plain(showScannerIds(item.reportedAs))]),
            ),
          ),
        ]),
  ].join("\n\n");
}
