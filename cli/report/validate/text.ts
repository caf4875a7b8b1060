/** The report for people: one line a step, then the totals. */
import type { StatementReference } from "../../../lib/evaluate";
import type { CleanUpReport, DestinationReport, Leftover, LiveResult, Totals } from "./types";

const MARKS = { pass: "✓", fail: "✗", unknown: "?" } as const;
const COLOURS = { pass: "\u001b[32m", fail: "\u001b[31m", unknown: "\u001b[33m" } as const;
const GREY = "\u001b[90m";
const RESET = "\u001b[0m";

export interface TextOptions {
  readonly colour: boolean;
}

export function destinationText(report: DestinationReport, options: TextOptions): string {
  const where = report.region ? `${report.bucket} (${report.region})` : report.bucket;
  const lines = [`${report.vendor} → ${where}`, `  ${MODE_LINE[report.mode]}${report.actedAs ? `: ${report.actedAs}` : ""}`];
  const of = (kind: LiveResult["kind"]) => report.results.filter((result) => result.kind === kind);
  const groups = [
    // Missing credentials or a missing bucket explain everything else, so they come first.
    { title: "  in the way", results: of("extra").filter(({ outcome }) => outcome !== "pass") },
    { title: "", results: of("expectation") },
    { title: "  bucket settings", results: of("posture") },
    { title: "  also seen", results: of("extra").filter(({ outcome }) => outcome === "pass") },
  ];
  for (const { title, results } of groups) {
    if (results.length > 0 && title !== "") lines.push(title);
    for (const result of results) lines.push(...resultLines(result, options));
  }
  lines.push("  not checked", ...report.notChecked.map((item) => `  - ${item}`));
  if (report.stopped !== undefined) lines.push(`  stopped: ${report.stopped}`);
  const objects = `${report.written} test object${report.written === 1 ? "" : "s"}${report.mode === "stand-in" ? " and roles" : ""} written`;
  if (report.left.length === 0) lines.push(`  ${objects}, none left · ${(report.durationMs / 1000).toFixed(1)} s`);
  else lines.push(`  ${objects}, ${report.left.length} LEFT BEHIND`, ...leftLines(report.left).map((line) => `  ${line}`));
  return `${lines.join("\n")}\n`;
}

/** What stayed, each with the command that removes it. */
export function leftLines(left: readonly Leftover[]): string[] {
  return left.flatMap(({ what, reason, command }) => [`! ${what}: ${reason}`, `    ${command}`]);
}

/** One line for one of many destinations. */
export function destinationLine(report: DestinationReport, options: TextOptions): string {
  const { pass, fail, unknown } = count(report.results);
  const outcome = fail > 0 ? "fail" : unknown > 0 || report.stopped !== undefined ? "unknown" : "pass";
  const parts = [`${pass} passed`, ...(fail ? [`${fail} failed`] : []), ...(unknown ? [`${unknown} unknown`] : [])];
  return `${mark(outcome, options)} ${report.vendor} → ${report.bucket}: ${parts.join(", ")}\n`;
}

export function totalsText(totals: Totals): string {
  const left = totals.left > 0 ? `, ${totals.left} left behind` : "";
  const of = totals.destinations === 1 ? "1 destination" : `${totals.destinations} destinations`;
  return `${of}: ${totals.pass} passed, ${totals.fail} failed, ${totals.unknown} unknown${left}\n`;
}

export function cleanUpText({ removed, left }: CleanUpReport): string {
  const lines = removed.map((what) => `removed ${what}\n`);
  return `${lines.join("")}${removed.length} removed, ${left.length} left behind\n`;
}

export function count(results: readonly LiveResult[]): { pass: number; fail: number; unknown: number } {
  const counted = { pass: 0, fail: 0, unknown: 0 };
  for (const { outcome } of results) counted[outcome]++;
  return counted;
}

/** Whose hands were used, for people. */
export const MODE_LINE = {
  vendor: "as the vendor",
  role: "as the destination role, through the validator principal",
  "stand-in": "by a stand-in role with the same permissions",
  deployer: "reading back with the deployer's rights",
} as const;

function resultLines(result: LiveResult, options: TextOptions): string[] {
  const evidence = result.evidence ? `${result.evidence}${result.by ? ` by ${result.by}` : ""}` : "not known";
  const head = `  ${mark(result.outcome, options)} ${result.title}`;
  const tail = result.kind === "posture" && result.expected.length < 40 ? `${result.expected} · ${evidence}` : evidence;
  const lines = [
    `${head} ${grey(`· ${tail}${result.outcome === "pass" && result.note?.startsWith("after ") ? `, ${result.note}` : ""}`, options)}`,
  ];
  if (result.outcome === "pass") return lines;
  lines.push(`      expected  ${result.expected}`);
  if (result.cause) lines.push(`      cause     ${result.cause}`);
  for (const statement of result.deciding) lines.push(`      statement ${showStatement(statement)}`);
  if (result.location && result.deciding.length === 0)
    lines.push(`      at        ${result.location.file} ${result.location.address ?? ""}`.trimEnd());
  if (result.remedy) lines.push(`      remedy    ${result.remedy}`);
  if (result.note) lines.push(`      note      ${result.note}`);
  return lines;
}

export function showStatement({ policy, policyName, index, sid, effect, location }: StatementReference): string {
  const name = sid === undefined ? `statement ${index + 1}` : `"${sid}" (statement ${index + 1})`;
  const where = location
    ? ` of ${location.address ?? policyName ?? `the ${policy} policy`} in ${location.file}`
    : ` of the ${policy} policy`;
  return `${effect} ${name}${where}`;
}

function mark(outcome: LiveResult["outcome"], { colour }: TextOptions): string {
  return colour ? `${COLOURS[outcome]}${MARKS[outcome]}${RESET}` : MARKS[outcome];
}

function grey(text: string, { colour }: TextOptions): string {
  return colour ? `${GREY}${text}${RESET}` : text;
}
