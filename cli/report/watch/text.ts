/** The report of a watch for people. */
import { type EscapedText, mark, type Piece, paint, plural, type TextOptions, TextWriter } from "../shared";
import type { ReportedDelivery, SourceName, SourceReport, Status, WatchedDestination, WatchTotals } from "./types";

const STATUS_MARKS: Readonly<Record<Status, Piece>> = {
  onTime: mark("pass"),
  late: mark("fail"),
  nothingYet: paint("…", "unknown"),
  couldNotTell: mark("unknown"),
};
const SOURCES: Readonly<Record<SourceName, string>> = { queue: "events", cloudtrail: "CloudTrail", listing: "listing" };
const STATES: Readonly<Record<SourceReport["state"], string>> = { read: "+", absent: "-", failed: "!", skipped: "-" };

export function watchedText(report: WatchedDestination, options: TextOptions): EscapedText {
  const { vendor, bucket, region, status, summary, results, delivery, dueAt, sources, notes } = report;
  const writer = new TextWriter(options);
  writer.line(`${vendor} → ${region ? `${bucket} (${region})` : bucket}`).line("  ", STATUS_MARKS[status], ` ${summary}`);
  for (const { title, outcome, evidence, expected, cause, remedy } of results) {
    writer.line("  ", mark(outcome), ` ${title} · ${evidence ?? "not observed"}`).field("expected", expected);
    writer.field(outcome === "pass" ? "seen" : "cause", cause).field("remedy", remedy);
  }
  if (delivery) writeDelivery(writer, delivery);
  if (dueAt) writer.line(`  ${status === "late" ? "was due" : "due"} ${dueAt}`);
  writer.line("  sources");
  for (const { name, state, detail } of sources) writer.line(`  ${STATES[state]} ${SOURCES[name]}: ${detail}`);
  for (const note of notes) writer.line(`  note: ${note}`);
  return writer.text;
}

function writeDelivery(writer: TextWriter, { key, at, size, why, sourceIp }: ReportedDelivery): void {
  writer.line(`  last delivery: ${key}, ${at}${size === undefined ? "" : `, ${plural(size, "byte")}`}`);
  writer.line(`      ${why}${sourceIp ? `, from ${sourceIp}` : ""}`);
}

export function watchTotalsText({ destinations, onTime, late, nothingYet, couldNotTell }: WatchTotals): EscapedText {
  const counts = `${onTime} on time, ${late} late, ${nothingYet} nothing yet, ${couldNotTell} could not tell`;
  return new TextWriter({ colour: false }).line(`${plural(destinations, "destination")}: ${counts}`).text;
}
