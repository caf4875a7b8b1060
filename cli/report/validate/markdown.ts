/** The report of `validate` as GitHub Markdown: the matrix, the path, how each line is known, and what is wrong. */
import type { DeliveryContract } from "../../../lib/contract";
import type { CheckedDestination, CheckedResult } from "../check/types";
import { code, details, MARKS, notShown, plain, table } from "../shared/github-markdown";
import { matrixOf } from "../shared/matrix";
import { accessPath } from "../shared/mermaid";
import { plural } from "../shared/plural";
import { count, MODE_LINE, showStatement } from "./text";
import type { DestinationReport, LiveResult, ValidateReport } from "./types";

/** A comment may have 65,536 characters; of more destinations than this only those that need attention are shown in full. */
const MOST_IN_FULL = 5;

const VERDICTS: Readonly<Record<number, string>> = {
  0: "✅ every expectation holds",
  1: "❌ not as expected",
  3: "❔ could not tell",
  4: "❌ something was left behind",
};

/** @param contracts the contract of each destination, in the report's order */
export function validateMarkdown(report: ValidateReport, contracts: readonly DeliveryContract[]): string {
  const { destinations, totals, exitCode } = report;
  const all = destinations.map((destination, index) => ({ destination, contract: contracts[index]! }));
  const shown =
    all.length <= MOST_IN_FULL ? all : all.filter(({ destination }) => outcomeOf(destination) !== "pass").slice(0, MOST_IN_FULL);
  const left = totals.left > 0 ? ` · ${totals.left} left behind` : "";
  return `${[
    `## Validation of vendor destinations: ${VERDICTS[exitCode] ?? ""}`,
    `${plural(totals.destinations, "destination")} · ${totals.pass} hold · ${totals.fail} fail · ${totals.unknown} not known${left}`,
    ...shown.map(({ destination, contract }) => section(destination, contract)),
    ...(shown.length < all.length ? [notShown(all.length - shown.length, "destination")] : []),
  ].join("\n\n")}\n`;
}

function section(destination: DestinationReport, contract: DeliveryContract): string {
  const { vendor, bucket, mode, actedAs, results, notChecked, left, stopped } = destination;
  const checked = asChecked(destination, contract);
  const wrong = results.filter(({ outcome }) => outcome !== "pass");
  return [
    `### ${MARKS[outcomeOf(destination)]} ${plain(vendor)} → ${code(bucket)}`,
    `${plain(MODE_LINE[mode])}${actedAs ? `: ${code(actedAs)}` : ""}${stopped === undefined ? "" : ` · stopped: ${plain(stopped)}`}`,
    ...(wrong.length === 0 ? [] : [wrongTable(wrong)]),
    ...(left.length === 0
      ? []
      : [
          table(
            ["Left behind", "Why", "Removed by"],
            left.map((one) => [code(one.what), plain(one.reason), code(one.command)]),
          ),
        ]),
    accessPath(checked),
    matrix(checked.results),
    details(
      "How each line is known",
      table(
        ["", "Line", "Evidence"],
        results.map((result) => [MARKS[result.outcome], plain(result.title), plain(evidence(result))]),
      ),
    ),
    details("Not checked", notChecked.map((item) => `- ${plain(item)}`).join("\n")),
  ].join("\n\n");
}

function wrongTable(results: readonly LiveResult[]): string {
  const rows = results.map((result) => [
    MARKS[result.outcome],
    plain(result.title),
    [plain(result.cause ?? ""), ...result.deciding.map((statement) => code(showStatement(statement)))].filter(Boolean).join("<br>"),
    plain(result.remedy ?? ""),
  ]);
  return table(["", "Line", "Cause", "Remedy"], rows);
}

function matrix(results: readonly CheckedResult[]): string {
  const { columns, rows } = matrixOf(results);
  const cells = rows.map(({ title, cells: row }) => [
    plain(title),
    ...row.map((cell) =>
      cell === undefined
        ? ""
        : `${cell.outcome === "pass" ? "" : `${MARKS[cell.outcome]} `}${cell.answer === "can" ? "**can**" : cell.answer}`,
    ),
  ]);
  return table(["", ...columns.map(({ title }) => title)], cells);
}

function evidence({ evidence: how, by, waitedMs = 0, tries = 0 }: LiveResult): string {
  if (how === undefined) return "not known";
  const waited = tries > 3 && waitedMs >= 500 ? `, after ${Math.round(waitedMs / 1000)} s` : "";
  return `${how}${by ? ` by ${by}` : ""}${waited}`;
}

function outcomeOf({ results, left, stopped }: DestinationReport): LiveResult["outcome"] {
  const { fail, unknown } = count(results);
  if (fail > 0 || left.length > 0) return "fail";
  return unknown > 0 || stopped !== undefined ? "unknown" : "pass";
}

/** The same destination as `check` reports it, for the pictures that both share. */
function asChecked(destination: DestinationReport, contract: DeliveryContract): CheckedDestination {
  const { vendor, door, bucket, role, vendorPrincipals, keyPrefix, id } = contract;
  const requests = new Map(
    contract.expectations.map(({ id: name, actor, action, resource, context }) => [name, { actor, action, resource, context }]),
  );
  const results = destination.results.flatMap(({ kind, ...result }): CheckedResult[] => {
    const request = requests.get(result.id);
    return kind === "extra" ? [] : [{ ...result, kind, ...(request && { request }) }];
  });
  return {
    contract: id,
    model: "live",
    vendor: vendor.name,
    product: vendor.product,
    door,
    bucket: bucket.name,
    ...(role && { role: role.name }),
    vendorPrincipals,
    keyPrefix,
    location: { file: bucket.arn },
    outcome: outcomeOf(destination),
    results,
    accepted: [],
  };
}
