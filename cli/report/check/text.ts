/** The report for people at a terminal. */
import type { ScannerIds } from "../../../lib/rules";
import { showFindingPlace, showPlace } from "../shared/locations";
import { type Matrix, matrixOf } from "../shared/matrix";
import { plural } from "../shared/plural";
import { printable } from "../shared/printable";
import type { Accepted, CheckedDestination, CheckedResult, CheckReport, CheckTotals, ReportedFinding } from "./types";

export interface TextLook {
  readonly colour: boolean;
  /** Every destination with its whole matrix, however many there are. */
  readonly full: boolean;
}

/** More destinations than this get one line each, save those that need attention. */
const MOST_IN_FULL = 10;

const COLOURS = { pass: 32, fail: 31, unknown: 33, high: 31, medium: 33, low: 36, info: 90, grey: 90, bold: 1 } as const;
const MARKS = { pass: "✓", fail: "✗", unknown: "?" } as const;
type Paint = (text: string, colour: keyof typeof COLOURS) => string;

export function checkText(report: CheckReport, { colour, full }: TextLook): string {
  const paint: Paint = (text, name) => (colour ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text);
  const inFull = full || report.destinations.length <= MOST_IN_FULL;
  const parts = report.destinations.map((destination) =>
    inFull || destination.outcome !== "pass" ? wholeDestination(destination, paint) : destinationLine(destination, paint),
  );
  if (report.findings.length > 0)
    parts.push(["", paint("Findings", "bold"), ...report.findings.flatMap((finding) => findingLines(finding, paint))].join("\n"));
  if (report.destinations.length > 0)
    parts.push(["", paint("Not checked", "bold"), ...report.notChecked.map((item) => `  - ${item}`)].join("\n"));
  for (const note of report.notes) parts.push(`\n${paint("Note", "bold")}: ${printable(note)}`);
  parts.push(`\n${totalsLine(report.totals, paint)}`);
  return `${parts.join("\n").replace(/^\n/, "")}\n`;
}

function destinationLine(destination: CheckedDestination, paint: Paint): string {
  const { vendor, bucket, results, outcome, contract } = destination;
  return `${paint(MARKS[outcome], outcome)} ${printable(`${vendor} → ${bucket}`)}: ${results.length} as expected ${paint(`(${printable(contract)})`, "grey")}`;
}

function wholeDestination(destination: CheckedDestination, paint: Paint): string {
  const { vendor, product, bucket, role, contract, model, results, accepted, outcome, vendorPrincipals } = destination;
  const door = role === undefined ? "by the bucket policy" : `by the role ${role}`;
  const wrong = results.filter((result) => result.outcome !== "pass");
  const settings = results.filter(({ kind }) => kind === "posture");
  return [
    "",
    `${paint(MARKS[outcome], outcome)} ${paint(printable(`${vendor} ${product} → ${bucket}`), "bold")} ${paint(printable(`(${contract}, in ${model})`), "grey")}`,
    `  ${printable(`${vendorPrincipals.join(", ")} ${door}`)}`,
    "",
    ...matrixLines(matrixOf(results), paint),
    "",
    `  ${paint("Settings", "bold")}`,
    ...settings.map(
      ({ outcome: mark, title, expected }) =>
        `  ${paint(MARKS[mark], mark)} ${printable(title)} ${paint(`(${printable(shorten(expected))})`, "grey")}`,
    ),
    ...(wrong.length === 0 ? [] : ["", `  ${paint("Not as expected", "bold")}`, ...wrong.flatMap((result) => resultLines(result, paint))]),
    ...(accepted.length === 0
      ? []
      : ["", `  ${paint("Accepted, as the vendor asks for it", "bold")}`, ...accepted.flatMap((item) => acceptedLines(item, paint))]),
  ].join("\n");
}

/** A long list of values by their number. */
export function shorten(expected: string): string {
  return expected.length > 60 ? `one of ${expected.split(" or ").length}` : expected;
}

function matrixLines({ columns, rows: asked }: Matrix, paint: Paint): string[] {
  const rows = asked.map(({ title, cells }) => ({ title: printable(title), cells }));
  const first = Math.max(0, ...rows.map(({ title }) => title.length));
  const widths = columns.map(({ title }) => Math.max(title.length, 8));
  const head = `  ${" ".repeat(first)}  ${columns.map(({ title }, index) => title.padEnd(widths[index]!)).join("  ")}`;
  const lines = rows.map(({ title, cells }) => {
    const shown = cells.map((cell, index) => {
      const text = cell === undefined ? "" : `${cell.answer}${cell.outcome === "fail" ? " ✗" : ""}`;
      const padded = text.padEnd(widths[index]!);
      return cell === undefined ? padded : paint(padded, cell.outcome === "pass" && cell.answer === "cannot" ? "grey" : cell.outcome);
    });
    return `  ${title.padEnd(first)}  ${shown.join("  ").trimEnd()}`;
  });
  return rows.length === 0 ? [] : [paint(head.trimEnd(), "grey"), ...lines];
}

function resultLines(result: CheckedResult, paint: Paint): string[] {
  const { outcome, title, expected, cause, remedy, location } = result;
  return [
    `  ${paint(MARKS[outcome], outcome)} ${printable(title)} ${paint(`[${printable(result.id)}]`, "grey")}`,
    `      expected  ${printable(expected)}`,
    ...(cause === undefined ? [] : [`      cause     ${printable(cause)}`]),
    ...(location === undefined
      ? []
      : [`      at        ${printable(`${showPlace(location)}${location.address === undefined ? "" : ` (${location.address})`}`)}`]),
    ...(remedy === undefined ? [] : [`      remedy    ${printable(remedy)}`]),
  ];
}

function acceptedLines({ code, reason, reportedAs, seen, source }: Accepted, paint: Paint): string[] {
  const ids = showScannerIds(reportedAs);
  return [
    `  ${printable(code).padEnd(7)} ${printable(reason)}`,
    ...(ids === "" ? [] : [paint(`          ${ids}`, "grey")]),
    ...(seen.length === 0 ? [] : [paint(`          here: ${[...new Set(seen.map(({ ruleId }) => ruleId))].join(", ")}`, "grey")]),
    paint(`          ${printable(source)}`, "grey"),
  ];
}

const SCANNERS: readonly (readonly [keyof ScannerIds, string])[] = [
  ["checkov", "checkov"],
  ["trivy", "Trivy"],
  ["prowler", "Prowler"],
  ["securityHub", "Security Hub"],
  ["cis", "CIS"],
];

/** `checkov CKV_AWS_21 · Security Hub S3.14`. */
export function showScannerIds(ids: ScannerIds): string {
  return SCANNERS.filter(([key]) => ids[key].length > 0)
    .map(([key, name]) => `${name} ${ids[key].join(", ")}`)
    .join(" · ");
}

function findingLines(finding: ReportedFinding, paint: Paint): string[] {
  const { severity, ruleId, detail, reason, remedy, help } = finding;
  return [
    `  ${paint(severity.padEnd(6), severity)}  ${ruleId}: ${printable(detail)}`,
    `          at      ${printable(showFindingPlace(finding))}`,
    `          why     ${reason}`,
    `          remedy  ${printable(remedy)}`,
    paint(`          ${help}`, "grey"),
  ];
}

function totalsLine({ destinations, pass, fail, unknown, findings, accepted }: CheckTotals, paint: Paint): string {
  const bySeverity = Object.entries(findings).filter(([, count]) => count > 0);
  const found =
    bySeverity.length === 0 ? "no findings" : `findings: ${bySeverity.map(([severity, count]) => `${count} ${severity}`).join(", ")}`;
  const counts = [
    `${pass} as expected`,
    fail > 0 ? paint(`${fail} not`, "fail") : "0 not",
    unknown > 0 ? paint(`${unknown} not known`, "unknown") : "0 not known",
  ];
  return `${plural(destinations, "destination")}: ${counts.join(", ")}; ${found}${accepted > 0 ? `; ${accepted} accepted` : ""}`;
}
