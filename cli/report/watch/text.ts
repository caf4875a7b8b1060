/** The report of a watch for people. */
import type { SourceName, SourceReport, Status, WatchedDestination, WatchTotals } from "./types";

const MARKS: Readonly<Record<Status, string>> = { onTime: "✓", late: "✗", nothingYet: "…", couldNotTell: "?" };
const COLOURS: Readonly<Record<Status, string>> = {
  onTime: "\u001b[32m",
  late: "\u001b[31m",
  nothingYet: "\u001b[33m",
  couldNotTell: "\u001b[33m",
};
const RESULT_MARKS = { pass: "✓", fail: "✗", unknown: "?" } as const;
const SOURCES: Readonly<Record<SourceName, string>> = { queue: "events", cloudtrail: "CloudTrail", listing: "listing" };
const STATES: Readonly<Record<SourceReport["state"], string>> = { read: "+", absent: "-", failed: "!", skipped: "-" };

export function watchedText(report: WatchedDestination, { colour }: { colour: boolean }): string {
  const where = report.region ? `${report.bucket} (${report.region})` : report.bucket;
  const mark = colour ? `${COLOURS[report.status]}${MARKS[report.status]}\u001b[0m` : MARKS[report.status];
  const lines = [`${report.vendor} → ${where}`, `  ${mark} ${report.summary}`];
  for (const { title, outcome, evidence, expected, cause, remedy } of report.results) {
    lines.push(`  ${RESULT_MARKS[outcome]} ${title} · ${evidence ?? "not observed"}`);
    lines.push(`      expected  ${expected}`);
    if (cause) lines.push(`      ${outcome === "pass" ? "seen    " : "cause   "}  ${cause}`);
    if (remedy) lines.push(`      remedy    ${remedy}`);
  }
  const { delivery } = report;
  if (delivery) {
    const size = delivery.size === undefined ? "" : `, ${delivery.size} bytes`;
    lines.push(
      `  last delivery: ${delivery.key}, ${delivery.at}${size}`,
      `      ${delivery.why}${delivery.sourceIp ? `, from ${delivery.sourceIp}` : ""}`,
    );
  }
  if (report.dueAt) lines.push(`  ${report.status === "late" ? "was due" : "due"} ${report.dueAt}`);
  lines.push("  sources", ...report.sources.map(({ name, state, detail }) => `  ${STATES[state]} ${SOURCES[name]}: ${detail}`));
  lines.push(...report.notes.map((note) => `  note: ${note}`));
  return `${lines.join("\n")}\n`;
}

export function watchTotalsText({ destinations, onTime, late, nothingYet, couldNotTell }: WatchTotals): string {
  const of = destinations === 1 ? "1 destination" : `${destinations} destinations`;
  return `${of}: ${onTime} on time, ${late} late, ${nothingYet} nothing yet, ${couldNotTell} could not tell\n`;
}
