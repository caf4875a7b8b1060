/** The report as GitHub Markdown, for a comment of a pull request or the summary of a job. */
import { EXIT } from "../../exit-codes";
import { EMOJI, type EscapedText, groupResults, matrixOf, plural, showFindingPlace, worstFirst } from "../shared";
import { accessPath, code, details, link, markdownDocument, matrixTable, notShown, plain, table } from "../shared/markdown";
import { expectationFindings } from "./expectation-findings";
import { shortExpected } from "./expected-values";
import { showScannerIds } from "./scanner-ids";
import { showAcceptance } from "./show-acceptance";
import { mostSevereFirst } from "./text";
import type { Accepted, CheckedDestination, CheckedResult, CheckReport, ReportedAcceptance, ReportedFinding } from "./types";

/** A comment may have 65,536 characters. If there are more destinations than this, only those that need attention are shown in full. */
const MOST_IN_FULL = 10;
const MOST_FINDINGS = 100;

export function checkMarkdown(report: CheckReport): EscapedText {
  const { destinations, findings, notes, notChecked } = report;
  const sorted = worstFirst(destinations);
  const shown = destinations.length <= MOST_IN_FULL ? sorted : sorted.filter(({ outcome }) => outcome !== "pass").slice(0, MOST_IN_FULL);
  const all = mostSevereFirst([...expectationFindings(destinations.map(grouped)), ...findings]);
  return markdownDocument([
    `## Vendor destinations: ${headline(report)}`,
    totalsLine(report),
    ...notes.map((note) => `> [!NOTE]\n> ${plain(note)}`),
    ...(all.length === 0 ? [] : [findingsTable(all)]),
    ...acceptancesSection(report.acceptances),
    ...shown.map(destinationSection),
    ...(shown.length < destinations.length ? [notShown(destinations.length - shown.length, "destination")] : []),
    ...(destinations.length === 0 ? [] : [details("Not checked", notChecked.map((item) => `- ${plain(item)}`).join("\n"))]),
  ]);
}

/** The destination with one result for each group of results that are not accepted. */
function grouped(destination: CheckedDestination): CheckedDestination {
  const results = groupResults(destination.results.filter(({ accepted }) => accepted === undefined)).map(
    ({ results: members, first, cause, remedy }): CheckedResult => {
      const title = members.map((member) => member.title).join("; ");
      const expected = [...new Set(members.map((member) => member.expected))].join("; ");
      return { ...first, title, expected, ...(cause !== undefined && { cause }), ...(remedy !== undefined && { remedy }) };
    },
  );
  return { ...destination, results };
}

/** Only a report that was judged, and in which everything is known, gets a passing mark. */
function headline({ exitCode, totals }: CheckReport): string {
  if (exitCode === EXIT.finding) return `${EMOJI.fail} not as expected`;
  if (exitCode === EXIT.unknown) return `${EMOJI.unknown} could not tell`;
  if (totals.unknown > 0) return `${EMOJI.unknown} as expected, as far as it is known`;
  if (totals.acceptedFindings > 0) return `${EMOJI.pass} as expected, except what was accepted`;
  return totals.destinations === 0 ? `${EMOJI.unknown} nothing was expected of any vendor` : `${EMOJI.pass} as expected`;
}

function totalsLine({ totals }: CheckReport): string {
  const { destinations, pass, fail, unknown, findings, accepted, acceptedFindings } = totals;
  const found = Object.values(findings).reduce((sum, count) => sum + count, 0);
  return `${plural(destinations, "destination")} · ${pass} as expected · ${fail} not · ${unknown} not known · ${plural(found, "finding")} · ${accepted} accepted${acceptedFindings === 0 ? "" : ` · ${acceptedFindings} accepted with a reason`}`;
}

function acceptancesSection(acceptances: readonly ReportedAcceptance[]): string[] {
  const rows = acceptances.flatMap((acceptance) =>
    acceptance.findings.map((finding) => [
      finding.severity,
      `[${plain(finding.ruleId)}](${finding.help})`,
      plain(finding.detail),
      plain(showAcceptance(acceptance)),
      code(showFindingPlace(finding)),
    ]),
  );
  if (rows.length === 0) return [];
  const more = rows.length > MOST_FINDINGS ? `\n\n${notShown(rows.length - MOST_FINDINGS, "accepted finding")}` : "";
  return [`### Accepted, with a reason\n\n${table(["Severity", "Rule", "What", "Reason", "Where"], rows.slice(0, MOST_FINDINGS))}${more}`];
}

function findingsTable(findings: readonly ReportedFinding[]): string {
  const rows = findings
    .slice(0, MOST_FINDINGS)
    .map((finding) => [
      finding.severity,
      `[${plain(finding.ruleId)}](${finding.help})`,
      plain(finding.detail),
      plain(finding.remedy),
      code(showFindingPlace(finding)),
    ]);
  const more = findings.length > MOST_FINDINGS ? `\n\n${notShown(findings.length - MOST_FINDINGS, "finding")}` : "";
  return `### Findings\n\n${table(["Severity", "Rule", "What", "Remedy", "Where"], rows)}${more}`;
}

function destinationSection(destination: CheckedDestination): string {
  const { vendor, product, bucket, outcome, results, accepted, contract } = destination;
  const settings = results.filter(({ kind }) => kind === "posture");
  const proofs = results.filter(({ kind }) => kind === "proof");
  return [
    `### ${EMOJI[outcome]} ${plain(vendor)} ${plain(product)} → ${code(bucket)}`,
    `Contract ${code(contract)}`,
    accessPath(destination),
    matrixTable(matrixOf(results, destination.cellOf)),
    ...(proofs.length === 0 ? [] : [details("For every request", worstFirst(proofs).map(proofLine).join("\n"))]),
    details(
      "Settings",
      table(
        ["Setting", "", "Expected"],
        worstFirst(settings).map((result) => [
          plain(result.title),
          `${EMOJI[result.outcome]}${result.accepted === undefined ? "" : " accepted"}`,
          code(shortExpected(result.expected)),
        ]),
      ),
    ),
    ...(accepted.length === 0 ? [] : [details("Accepted, as the vendor asks for it", acceptedTable(accepted))]),
  ].join("\n\n");
}

function proofLine({ outcome, title, explain }: CheckedResult): string {
  return `- ${EMOJI[outcome]} ${plain(title)}${explain === undefined ? "" : `: ${code(explain)}`}`;
}

function acceptedTable(accepted: readonly Accepted[]): string {
  return table(
    ["Code", "Reason", "Scanners report it as"],
    accepted.map((item) => [plain(item.code), link(item.reason, item.source), plain(showScannerIds(item.reportedAs))]),
  );
}
