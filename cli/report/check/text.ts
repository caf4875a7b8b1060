/** The report for people at a terminal. */
import { SEVERITIES } from "../../../lib/rules";
import { EXIT } from "../../exit-codes";
import {
  type EscapedText,
  groupResults,
  type Matrix,
  mark,
  matrixOf,
  type Piece,
  paint,
  plural,
  printable,
  type ResultGroup,
  showFindingPlace,
  showPlace,
  type TextOptions,
  TextWriter,
  worstFirst,
} from "../shared";
import { shortExpected } from "./expected-values";
import { showScannerIds } from "./scanner-ids";
import { showAcceptance } from "./show-acceptance";
import type { Accepted, CheckedDestination, CheckedResult, CheckReport, CheckTotals, ReportedAcceptance, ReportedFinding } from "./types";

export interface CheckTextOptions extends TextOptions {
  /** Every destination with its whole matrix, however many there are. */
  readonly full: boolean;
  /** Only what is not as expected; nothing if everything is. */
  readonly quiet: boolean;
}

/** If there are more destinations than this, those that do not need attention get one line each. */
const MOST_IN_FULL = 3;

export function checkText(report: CheckReport, options: CheckTextOptions): EscapedText {
  const { destinations, findings, notChecked, notes, totals } = report;
  const writer = new TextWriter(options);
  if (options.quiet && report.exitCode === EXIT.fine) return writer.text;
  const inFull = options.full || destinations.length <= MOST_IN_FULL;
  for (const destination of worstFirst(destinations)) {
    if (options.quiet && destination.outcome === "pass") continue;
    if (inFull || destination.outcome !== "pass") writeDestination(writer, destination, options);
    else writeDestinationLine(writer, destination);
  }
  if (findings.length > 0) {
    writer.gap().line(paint("Findings", "bold"));
    for (const finding of mostSevereFirst(findings)) writeFinding(writer, finding);
  }
  writeAcceptances(writer, report.acceptances);
  if (destinations.length > 0 && !options.quiet) {
    writer.gap().line(paint("Not checked", "bold"));
    for (const item of notChecked) writer.line(`  - ${item}`);
  }
  for (const note of notes) writer.gap().line(paint("Note", "bold"), ": ", note);
  return writer.gap().line(...totalsPieces(totals)).text;
}

export function mostSevereFirst(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function writeDestinationLine(writer: TextWriter, { vendor, bucket, results, outcome, contract }: CheckedDestination): void {
  const accepted = results.filter((result) => result.accepted !== undefined).length;
  const counts = `${results.length - accepted} as expected${accepted === 0 ? "" : `, ${accepted} accepted`}`;
  writer.line(mark(outcome), ` ${vendor} → ${bucket}: ${counts} `, paint(`(${contract})`, "grey"));
}

function writeDestination(writer: TextWriter, destination: CheckedDestination, { quiet }: CheckTextOptions): void {
  const { vendor, product, bucket, role, contract, model, accepted, outcome, vendorPrincipals, findingRules = [] } = destination;
  const results = destination.results.filter((result) => result.accepted === undefined);
  const access = role === undefined ? "by the bucket policy" : `by the role ${role}`;
  writer
    .gap()
    .line(mark(outcome), " ", paint(`${vendor} ${product} → ${bucket}`, "bold"), " ", paint(`(${contract}, in ${model})`, "grey"))
    .line(`  ${vendorPrincipals.join(", ")} ${access}`)
    .gap();
  if (findingRules.length > 0) writer.line("  ", paint("Findings", "bold"), `: ${findingRules.join(", ")}`).gap();
  writeSection(writer, "Not as expected", groupResults(results.filter((result) => result.outcome === "fail")));
  writeSection(writer, "Not known", groupResults(results.filter((result) => result.outcome === "unknown")));
  if (quiet) return;
  writeMatrix(writer, matrixOf(destination.results, destination.cellOf));
  writeProofs(writer, destination.results);
  writer.gap().line("  ", paint("Settings", "bold"));
  for (const { kind, outcome: settingOutcome, title, expected, accepted: reason } of worstFirst(destination.results)) {
    const tail = `(${shortExpected(expected)})${reason === undefined ? "" : ", accepted"}`;
    if (kind === "posture") writer.line("  ", mark(settingOutcome), ` ${title} `, paint(tail, "grey"));
  }
  if (accepted.length === 0) return;
  writer.gap().line("  ", paint("Accepted, as the vendor asks for it", "bold"));
  for (const item of accepted) writeAccepted(writer, item);
}

function writeProofs(writer: TextWriter, results: readonly CheckedResult[]): void {
  const proofs = results.filter(({ kind }) => kind === "proof");
  if (proofs.length === 0) return;
  writer.gap().line("  ", paint("For every request", "bold"));
  for (const { outcome, title } of worstFirst(proofs)) writer.line("  ", mark(outcome), ` ${title}`);
}

function writeMatrix(writer: TextWriter, { columns, rows }: Matrix): void {
  if (rows.length === 0) return;
  // The columns must stay aligned, although escapes make a title longer.
  const titles = rows.map(({ title }) => printable(title));
  const first = Math.max(...titles.map(({ length }) => length));
  const widths = columns.map(({ title }) => Math.max(title.length, 9));
  const head = columns.map(({ title }, index) => title.padEnd(widths[index]!)).join("  ");
  writer.line(paint(`  ${" ".repeat(first)}  ${head}`.trimEnd(), "grey"));
  for (const [index, { cells }] of rows.entries()) {
    const last = cells.findLastIndex((cell) => cell !== undefined);
    const pieces = cells.slice(0, last + 1).flatMap((cell, column): Piece[] => {
      const text = cell === undefined ? "" : `${cell.answer}${cell.answer === "?" ? "" : MARKS[cell.outcome]}`;
      const padded = column === last ? text : text.padEnd(widths[column]!);
      if (cell === undefined) return ["  ", padded];
      return ["  ", paint(padded, cell.outcome === "pass" && cell.answer === "cannot" ? "grey" : cell.outcome)];
    });
    writer.line(`  ${titles[index]!.padEnd(first)}`, ...pieces);
  }
  for (const [index, { cells }] of rows.entries())
    for (const [column, cell] of cells.entries())
      if (cell?.words !== undefined)
        writer.line(`  ${titles[index]!}, ${columns[column]!.title}: ${cell.answer}, ${cell.words.join("; or ")}`);
}

/** After the answer of a cell. */
const MARKS = { pass: "", fail: " ✗", unknown: " ?" } as const;

function writeSection(writer: TextWriter, title: string, groups: readonly ResultGroup<CheckedResult>[]): void {
  if (groups.length === 0) return;
  writer.line("  ", paint(title, "bold"));
  for (const group of groups) writeGroup(writer, group);
  writer.gap();
}

function writeGroup(writer: TextWriter, { results, first, expected, cause, remedy }: ResultGroup<CheckedResult>): void {
  const { location } = first;
  for (const { outcome, title, id } of results) writer.line("  ", mark(outcome), ` ${title} `, paint(`[${id}]`, "grey"));
  writer.field("expected", expected).field("cause", cause);
  if (location !== undefined) {
    const address = location.address === undefined ? "" : ` (${location.address})`;
    writer.field("at", `${showPlace(location)}${address}`);
  }
  writer.field("remedy", remedy).field("repeat", first.explain);
}

function writeAccepted(writer: TextWriter, { code, reason, reportedAs, seen, source }: Accepted): void {
  const ids = showScannerIds(reportedAs);
  const rules = [...new Set(seen.map(({ ruleId }) => ruleId))].join(", ");
  writer.line(`  ${printable(code).padEnd(7)} ${reason}`);
  if (ids !== "") writer.line(paint(`          ${ids}`, "grey"));
  if (rules !== "") writer.line(paint(`          here: ${rules}`, "grey"));
  writer.line(paint(`          ${source}`, "grey"));
}

function writeFinding(writer: TextWriter, finding: ReportedFinding): void {
  const { severity, ruleId, detail, reason, remedy, help } = finding;
  writer
    .line("  ", paint(severity.padEnd(6), severity), `  ${ruleId}: ${detail}`)
    .line(`          at      ${showFindingPlace(finding)}`)
    .line(`          why     ${reason}`)
    .line(`          remedy  ${remedy}`)
    .line(paint(`          ${help}`, "grey"));
}

function writeAcceptances(writer: TextWriter, acceptances: readonly ReportedAcceptance[]): void {
  const used = acceptances.filter(({ state }) => state === "used");
  if (used.length === 0) return;
  writer.gap().line(paint("Accepted, with a reason", "bold"));
  for (const acceptance of used) {
    for (const finding of acceptance.findings) {
      const id = finding.expectation === undefined ? finding.ruleId : `${finding.ruleId} [${finding.expectation}]`;
      writer
        .line("  ", paint(finding.severity.padEnd(6), finding.severity), `  ${id}: ${finding.detail}`)
        .line(`          at      ${showFindingPlace(finding)}`);
    }
    writer.line(`          reason  ${showAcceptance(acceptance)}`);
  }
}

/** The line that ends the report. */
export function totalsLine(totals: CheckTotals): string {
  return totalsPieces(totals)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");
}

function totalsPieces({ destinations, pass, fail, unknown, findings, accepted, acceptedFindings }: CheckTotals): Piece[] {
  const bySeverity = Object.entries(findings).filter(([, count]) => count > 0);
  const found =
    bySeverity.length === 0 ? "no findings" : `findings: ${bySeverity.map(([severity, count]) => `${count} ${severity}`).join(", ")}`;
  return [
    `${plural(destinations, "destination")}: ${pass} as expected, `,
    fail > 0 ? paint(`${fail} not`, "fail") : "0 not",
    ", ",
    unknown > 0 ? paint(`${unknown} not known`, "unknown") : "0 not known",
    `; ${found}${accepted > 0 ? `; ${accepted} accepted` : ""}${acceptedFindings > 0 ? `; ${acceptedFindings} accepted with a reason` : ""}`,
  ];
}
