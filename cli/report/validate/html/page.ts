/** The report of `validate` as one self-contained HTML page, to read, to print, or to attach to an audit. */
import type { DeliveryContract, Result } from "../../../../lib/contract";
import { EXIT } from "../../../exit-codes";
import { countOutcomes, type EscapedText, printableLines } from "../../shared";
import { destinationOutcome } from "../outcome";
import { factsOfRun, notOfAws } from "../provenance";
import type { DestinationReport, ValidateReport } from "../types";
import { destinationSection } from "./destination";
import { html, Markup } from "./markup";
import { capital, facts, icon } from "./parts";
import { STYLE } from "./style";

/** The policy forbids the browser to fetch or run anything, even if a text of the report contained markup. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** @param contracts the contract of each destination, in the report's order; masked with it where accounts are hidden */
export function validateHtml(report: ValidateReport, contracts: readonly DeliveryContract[]): EscapedText {
  const { destinations, totals, program, startedAt, durationMs, exitCode } = report;
  const [outcome, verdict] = VERDICTS[exitCode] ?? VERDICTS[EXIT.unknown]!;
  const warning = notOfAws(report);
  const opened = openDestinations(destinations);
  const title =
    destinations.length === 1 ? `${destinations[0]!.vendor} → ${destinations[0]!.bucket}` : `${destinations.length} destinations`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Validation: ${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>Validation of vendor destinations</h1>
<p class="soft">${new Date(startedAt).toISOString().replace("T", " ").slice(0, 19)} UTC &middot; ${program} &middot; ${(durationMs / 1000).toFixed(1)} s</p>
${warning === undefined ? undefined : html`<p class="verdict unknown">${icon("unknown")} ${capital(warning)}</p>`}
<p class="verdict ${outcome}">${icon(outcome)} ${verdict}</p>
<ul class="totals">
<li><b>${totals.destinations}</b> destination${totals.destinations === 1 ? "" : "s"}</li>
${count(totals.pass, "pass", "hold")}
${count(totals.fail, "fail", "fail")}
${count(totals.unknown, "unknown", "not known")}
${totals.left === 0 ? undefined : count(totals.left, "fail", "left behind")}
</ul>
${destinations.length > 1 ? overview(destinations) : undefined}
${destinations.map((destination, index) => destinationSection(destination, contracts[index]!, { index, isFolded: destinations.length > 1, isOpen: opened.has(destination) }))}
<footer>
${facts("Program and endpoints", factsOfRun(report))}
<p>How each line is known. <b>performed</b>: it was done, and AWS answered. <b>simulated</b>: AWS itself judged the live policies. <b>proved</b>: the live policies were read, and it holds for every request. <b>computed</b>: the live policies were read and evaluated for one request. A weaker one is never shown as a stronger one; what could not be told counts as neither allowed nor denied.</p>
</footer>
</main>
</body>
</html>
`;
  return printableLines(page.text);
}

const VERDICTS: Readonly<Record<number, readonly [Result["outcome"], string]>> = {
  [EXIT.fine]: ["pass", "Every expectation holds"],
  [EXIT.finding]: ["fail", "Something is not as expected"],
  [EXIT.unknown]: ["unknown", "Some results are unknown"],
  [EXIT.leftBehind]: ["fail", "Something that was written could not be removed; see what is left behind"],
};

/** A count of zero has no colour. */
function count(number: number, outcome: Result["outcome"], text: string): Markup {
  return number === 0 ? html`<li><b>0</b> ${text}</li>` : html`<li class="${outcome}"><b>${number}</b> ${text}</li>`;
}

/**
 * If there are more destinations than this, those that need no attention are folded. If more than this many need attention, all are folded.
 */
const MOST_OPEN = 5;

function openDestinations(destinations: readonly DestinationReport[]): Set<DestinationReport> {
  if (destinations.length <= MOST_OPEN) return new Set(destinations);
  const attention = destinations.filter((destination) => destinationOutcome(destination) !== "pass");
  return new Set(attention.length <= MOST_OPEN ? attention : []);
}

function overview(destinations: readonly DestinationReport[]): Markup {
  return html`<h2>All destinations</h2><div class="wide"><table><thead><tr><th scope="col">Destination</th><th scope="col">Hold</th><th scope="col">Fail</th><th scope="col">Not known</th></tr></thead>
<tbody>${destinations.map((destination, index) => {
    const { pass, fail, unknown } = countOutcomes(destination.results);
    const outcome = destinationOutcome(destination);
    return html`<tr><th scope="row" class="${outcome}"><span class="cell">${icon(outcome)}</span> <a href="#destination-${index + 1}">${destination.vendor} &rarr; ${destination.bucket}</a></th><td data-label="Hold">${pass}</td><td data-label="Fail">${fail}</td><td data-label="Not known">${unknown}</td></tr>`;
  })}</tbody></table></div>`;
}
