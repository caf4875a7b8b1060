/** The report of `validate` as GitHub Markdown: the matrix, the path, how each line is known, and what is wrong. */
import type { DeliveryContract } from "../../../lib/contract";
import { EMOJI, type EscapedText, groupResults, plural } from "../shared";
import { type AccessPath, accessPath, code, details, markdownDocument, matrixTable, notShown, plain, table } from "../shared/markdown";
import { differenceOf, differenceTexts } from "./difference";
import { destinationOutcome } from "./outcome";
import { MODE_LINE, showStatement } from "./phrases";
import { type Fact, factsOfDestination, factsOfRun, notOfAws, requestsOf } from "./provenance";
import type { DestinationReport, Leftover, LiveResult, ValidateReport } from "./types";

/** A comment may have 65,536 characters; of more destinations than this only those that need attention are shown in full. */
const MOST_IN_FULL = 5;

const VERDICTS: Readonly<Record<number, string>> = {
  0: `${EMOJI.pass} every expectation holds`,
  1: `${EMOJI.fail} not as expected`,
  3: `${EMOJI.unknown} could not tell`,
  4: `${EMOJI.fail} something was left behind`,
};

/** @param contracts the contract of each destination, in the report's order */
export function validateMarkdown(report: ValidateReport, contracts: readonly DeliveryContract[]): EscapedText {
  const { destinations, totals, exitCode } = report;
  const all = destinations.map((destination, index) => ({ destination, contract: contracts[index]! }));
  const shown =
    all.length <= MOST_IN_FULL ? all : all.filter(({ destination }) => destinationOutcome(destination) !== "pass").slice(0, MOST_IN_FULL);
  const warning = notOfAws(report);
  const accepted = totals.accepted === undefined ? "" : ` · ${totals.accepted} accepted`;
  const left = totals.left > 0 ? ` · ${totals.left} left behind` : "";
  return markdownDocument([
    `## Validation of vendor destinations: ${VERDICTS[exitCode] ?? ""}`,
    ...(warning === undefined ? [] : [`> ${EMOJI.unknown} ${plain(warning)}`]),
    `${plural(totals.destinations, "destination")} · ${totals.pass} hold · ${totals.fail} fail · ${totals.unknown} not known${accepted}${left}`,
    ...shown.map(({ destination, contract }) => section(destination, contract)),
    ...(shown.length < all.length ? [notShown(all.length - shown.length, "destination")] : []),
    details("Program and endpoints", factList(factsOfRun(report))),
  ]);
}

function section(destination: DestinationReport, contract: DeliveryContract): string {
  const { vendor, bucket, mode, actedAs, results, notChecked, left, stopped } = destination;
  const path = accessPathOf(destination, contract);
  const wrong = results.filter(({ outcome }) => outcome !== "pass");
  const evidenceRows = results.map((result) => [EMOJI[result.outcome], plain(result.title), plain(evidence(result))]);
  return [
    `### ${EMOJI[destinationOutcome(destination)]} ${plain(vendor)} → ${code(bucket)}`,
    `${plain(MODE_LINE[mode])}${actedAs ? `: ${code(actedAs)}` : ""}${stopped === undefined ? "" : ` · stopped: ${plain(stopped)}`}`,
    ...(wrong.length === 0 ? [] : [wrongTable(wrong)]),
    ...(left.length === 0 ? [] : [leftTable(left)]),
    accessPath(path),
    matrixTable(destination.matrix),
    details("How each line is known", table(["", "Line", "Evidence"], evidenceRows)),
    details("Not checked", notChecked.map((item) => `- ${plain(item)}`).join("\n")),
    details("Callers, contract and live policies", factList(factsOfDestination(destination))),
  ].join("\n\n");
}

function factList(facts: readonly Fact[]): string {
  return facts.map(({ name, text }) => `- ${plain(name)}: ${code(text)}`).join("\n");
}

function wrongTable(results: readonly LiveResult[]): string {
  const rows = groupResults(results).map(({ results: members, first, cause = "", remedy = "" }) => {
    const difference = differenceOf(first);
    const lines = difference === undefined ? [] : differenceTexts(difference);
    const parts = [plain(difference?.cause ?? cause), ...[...lines, ...first.deciding.map(showStatement)].map(code)];
    return [
      EMOJI[first.outcome],
      members.map(({ title }) => plain(title)).join("<br>"),
      parts.filter(Boolean).join("<br>"),
      plain(first.accepted === undefined ? remedy : `accepted: ${first.accepted}`),
    ];
  });
  return table(["", "Line", "Cause", "Remedy"], rows);
}

function leftTable(left: readonly Leftover[]): string {
  return table(
    ["Left behind", "Why", "Removed by"],
    left.map((one) => [code(one.what), plain(one.reason), code(one.command)]),
  );
}

function evidence(result: LiveResult): string {
  const { evidence: how, by, waitedMs = 0, tries = 0 } = result;
  const requests = requestsOf(result);
  const tail = requests === undefined ? "" : ` · ${requests}`;
  if (how === undefined) return `not known${tail}`;
  const waited = tries > 3 && waitedMs >= 500 ? `, after ${Math.round(waitedMs / 1000)} s` : "";
  return `${how}${by ? ` by ${by}` : ""}${waited}${tail}`;
}

/** What the matrix and the diagram show of a destination. */
function accessPathOf({ results }: DestinationReport, contract: DeliveryContract): AccessPath {
  const { vendor, door, bucket, role, vendorPrincipals, keyPrefix, expectations } = contract;
  const requests = new Map(expectations.map(({ id, actor, action, resource, context }) => [id, { actor, action, resource, context }]));
  return {
    vendor: vendor.name,
    door,
    bucket: bucket.name,
    ...(role && { role: role.name }),
    vendorPrincipals,
    keyPrefix,
    results: results
      .filter(({ kind }) => kind !== "extra")
      .map((result) => {
        const request = requests.get(result.id);
        return { ...result, ...(request && { request }) };
      }),
  };
}
