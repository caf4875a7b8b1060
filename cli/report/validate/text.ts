/** The report for people: one line a step, then the totals. */
import {
  countOutcomes,
  type EscapedText,
  groupResults,
  mark,
  outcomeOf,
  paint,
  plural,
  type ResultGroup,
  type TextOptions,
  TextWriter,
} from "../shared";
import { differenceOf } from "./difference";
import { MODE_LINE, showStatement } from "./phrases";
import { factsOfDestination, factsOfRun, notOfAws, requestsOf } from "./provenance";
import type { CleanUpReport, Deadlines, DestinationReport, Leftover, LiveResult, Totals, ValidateReport } from "./types";

export function destinationText(report: DestinationReport, options: TextOptions): EscapedText {
  const { vendor, bucket, region, mode, actedAs, results, notChecked, stopped } = report;
  const writer = new TextWriter(options);
  writer.line(`${vendor} → ${region ? `${bucket} (${region})` : bucket}`).line(`  ${MODE_LINE[mode]}${actedAs ? `: ${actedAs}` : ""}`);
  const of = (kind: LiveResult["kind"]) => results.filter((result) => result.kind === kind);
  const sections = [
    // Missing credentials or a missing bucket explain everything else, so they come first.
    { title: "  other findings", results: of("extra").filter(({ outcome }) => outcome !== "pass") },
    { title: "", results: of("expectation") },
    { title: "  for every request", results: of("proof") },
    { title: "  bucket settings", results: of("posture") },
    { title: "  also seen", results: of("extra").filter(({ outcome }) => outcome === "pass") },
  ];
  for (const { title, results: inSection } of sections) {
    if (inSection.length > 0 && title !== "") writer.line(title);
    for (const group of groupResults(inSection)) writeGroup(writer, group);
  }
  writer.line("  not checked");
  for (const item of notChecked) writer.line(`  - ${item}`);
  writer.line("  evidence");
  for (const { name, text } of factsOfDestination(report)) writer.line(`  - ${name}: ${text}`);
  if (stopped !== undefined) writer.line(`  stopped: ${stopped}`);
  writeEnd(writer, report);
  return writer.text;
}

/** The report of a run that is over. */
export function validateText({ destinations, totals }: ValidateReport): EscapedText {
  return [...destinations.map((report) => destinationText(report, { colour: false })), totalsText(totals)].join("") as EscapedText;
}

function writeEnd(writer: TextWriter, { written, mode, left, durationMs }: DestinationReport): void {
  const objects = `${plural(written, "test object")}${mode === "stand-in" ? " and roles" : ""} written`;
  if (left.length === 0) writer.line(`  ${objects}, none left · ${(durationMs / 1000).toFixed(1)} s`);
  else writeLeft(writer.line(`  ${objects}, ${left.length} LEFT BEHIND`), left, "  ");
}

/** The leftovers, each with the command that removes it. */
export function leftText(left: readonly Leftover[]): EscapedText {
  const writer = new TextWriter({ colour: false });
  writeLeft(writer, left, "");
  return writer.text;
}

function writeLeft(writer: TextWriter, left: readonly Leftover[], indent: string): void {
  for (const { what, reason, command } of left) writer.line(`${indent}! ${what}: ${reason}`).line(`${indent}    ${command}`);
}

function notReadOf(rights: readonly string[]): string[] {
  return rights.length > 0 ? [`${rights.length} not read (${rights.join(", ")})`] : [];
}

/** One line for one of many destinations. */
export function destinationLine({ vendor, bucket, results, stopped, notRead = [] }: DestinationReport, options: TextOptions): EscapedText {
  const { pass, fail, unknown } = countOutcomes(results);
  const outcome = outcomeOf([...results, ...(stopped === undefined ? [] : [{ outcome: "unknown" as const }])]);
  const parts = [`${pass} passed`, ...(fail ? [`${fail} failed`] : []), ...(unknown ? [`${unknown} unknown`] : []), ...notReadOf(notRead)];
  return new TextWriter(options).line(mark(outcome), ` ${vendor} → ${bucket}: ${parts.join(", ")}`).text;
}

export function totalsText({ destinations, pass, fail, unknown, accepted, notRead, left }: Totals): EscapedText {
  const known = accepted === undefined ? "" : `, ${accepted} accepted`;
  const missing = notRead === undefined ? "" : `, ${notRead} not read`;
  const behind = left > 0 ? `, ${left} left behind` : "";
  const line = `${plural(destinations, "destination")}: ${pass} passed, ${fail} failed, ${unknown} unknown${known}${missing}${behind}`;
  return new TextWriter({ colour: false }).line(line).text;
}

/** One line for a run without failures that leaves expectations unknown: what ended the run, or the cause of most of the unknown results. */
export function unknownText({ destinations, totals }: ValidateReport, { onUnknown, warnOnly }: OnUnknownSettings): EscapedText {
  const unknown = destinations.flatMap(({ results }) => results.filter(({ outcome }) => outcome === "unknown"));
  const stopped = destinations.flatMap((destination) => (destination.stopped === undefined ? [] : [destination.stopped]));
  const causes = stopped.length > 0 ? stopped : unknown.map(({ cause = "the cause is not known" }) => cause);
  const [cause = ""] = [...new Set(causes)].sort((a, b) => count(causes, b) - count(causes, a));
  const goesOn = warnOnly ? "--warn-only is set" : onUnknown === "warn" ? "--on-unknown is warn" : undefined;
  const end = goesOn ? `it exits with 0, because ${goesOn}` : "it exits with 3, because --on-unknown is fail";
  const all = totals.pass + totals.fail + totals.unknown;
  return new TextWriter({ colour: false }).line(`not proven: ${totals.unknown} of ${all} results are unknown (${cause}); ${end}`).text;
}

function count(causes: readonly string[], cause: string): number {
  return causes.filter((one) => one === cause).length;
}

interface OnUnknownSettings {
  readonly onUnknown: "fail" | "warn";
  readonly warnOnly: boolean;
}

/** The program and the endpoints. A run that did not reach AWS says so. */
export function runText(report: ValidateReport, options: TextOptions): EscapedText {
  const writer = new TextWriter(options);
  for (const { name, text } of factsOfRun(report)) writer.line(`${name}: ${text}`);
  const warning = notOfAws(report);
  if (warning !== undefined) writer.line(mark("unknown"), ` ${warning}`);
  return writer.text;
}

export function deadlinesText({ runSeconds, connectSeconds, answerSeconds, cleanUpSeconds }: Deadlines): EscapedText {
  const call = `${connectSeconds} s to connect, ${answerSeconds} s for an answer`;
  return new TextWriter({ colour: false }).line(`deadlines: ${runSeconds} s for the run, ${call}, ${cleanUpSeconds} s to clean up`).text;
}

export function cleanUpText({ removed, left, notSearched = [] }: CleanUpReport): EscapedText {
  const writer = new TextWriter({ colour: false });
  for (const what of removed) writer.line(`removed ${what}`);
  for (const what of notSearched) writer.line(`not searched: ${what}`);
  return writer.line(`${removed.length} removed, ${left.length} left behind`).text;
}

function writeGroup(writer: TextWriter, { results, first, expected, cause, remedy, note }: ResultGroup<LiveResult>): void {
  for (const result of results) writer.line("  ", mark(result.outcome), ` ${result.title} `, paint(`· ${tailOf(result)}`, "grey"));
  const { outcome, deciding, location, accepted } = first;
  if (outcome === "pass") return;
  const difference = differenceOf(first);
  writer.field("expected", expected).field("cause", difference?.cause ?? cause);
  for (const { sign, text } of difference?.lines ?? []) writer.line(`        ${sign} ${text}`);
  for (const statement of deciding) writer.field("statement", showStatement(statement));
  if (location && deciding.length === 0) writer.field("at", `${location.file} ${location.address ?? ""}`.trimEnd());
  writer.field("remedy", remedy).field("note", note).field("accepted", accepted);
}

/** Notes that belong to a result that passed: how long it took, on which object, and that it was tried without a clear answer. */
const SHOWN_NOTES = /^(after|on|tried) /;

/** What follows a title: the value of a setting, the evidence, and how long it took. */
function tailOf(result: LiveResult): string {
  const { kind, expected, evidence, by, outcome, note } = result;
  const known = evidence ? `${evidence}${by ? ` by ${by}` : ""}` : "not known";
  const tail = kind === "posture" && expected.length < 40 ? `${expected} · ${known}` : known;
  const noted = outcome === "pass" && note !== undefined && SHOWN_NOTES.test(note) ? `${tail}, ${note}` : tail;
  return [noted, requestsOf(result)].filter((text) => text !== undefined).join(" · ");
}
