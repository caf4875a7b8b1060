/** One destination on the page. */
import type { DeliveryContract, Result } from "../../../../lib/contract";
import { groupResults, matrixOf, OUTCOME_WORDS, plural, type ResultGroup } from "../../shared";
import { differenceOf, differenceTexts } from "../difference";
import { MODE_LINE, showStatement, whatIsWrong } from "../phrases";
import type { DestinationReport, LiveResult } from "../types";
import { html, type Markup } from "./markup";
import { stepsOf } from "./path";

/** Outcomes are told apart by shape and word, not by colour alone. */
const SHAPES: Readonly<Record<Result["outcome"], Markup>> = {
  pass: html`<path d="M5 9.3l2.7 2.7L13 6.4"/>`,
  fail: html`<path d="M6 6l6 6M12 6l-6 6"/>`,
  unknown: html`<path d="M6.8 7.1a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M9 12.9v.1"/>`,
};

export function icon(outcome: Result["outcome"]): Markup {
  return html`<svg class="icon" viewBox="0 0 18 18" role="img" aria-label="${OUTCOME_WORDS[outcome]}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><circle cx="9" cy="9" r="7.6"/>${SHAPES[outcome]}</svg>`;
}

const ARROW = html`<svg class="arrow" viewBox="0 0 26 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M2 8h21M17 3l6 5-6 5"/></svg>`;

export function destinationSection(report: DestinationReport, contract: DeliveryContract, index: number): Markup {
  const { mode, actedAs, notChecked, left, stopped, written, durationMs } = report;
  const attention = report.results.filter(({ outcome }) => outcome !== "pass");
  const documentation = /^https:\/\/[^\s"']+$/.test(contract.vendor.documentation)
    ? html` &middot; <a href="${contract.vendor.documentation}" rel="noreferrer">${contract.vendor.name}'s documentation</a>`
    : undefined;
  return html`<section class="destination" id="destination-${index + 1}">
<h2>${report.vendor} &rarr; ${report.bucket}</h2>
<p class="soft">${capital(MODE_LINE[mode])}${actedAs === undefined ? undefined : html`: <span class="name">${actedAs}</span>`}${documentation}</p>
${stopped === undefined ? undefined : html`<p class="finding fail">Stopped before its end: ${stopped}</p>`}
${path(report, contract)}
${attention.length === 0 ? undefined : html`<h3>What needs attention</h3>${groupResults(attention).map(finding)}`}
<h3>Who can do what</h3>
${matrix(report, contract)}
${settings(report.results)}
${others(report.results)}
<h3>Not checked</h3>
<ul class="plain">${notChecked.map((item) => html`<li>${item}</li>`)}</ul>
${
  left.length === 0
    ? html`<p class="soft">${plural(written, "test object")} written, none left &middot; ${(durationMs / 1000).toFixed(1)} s</p>`
    : html`<h3>Left behind</h3>${left.map(
        ({ what, reason, command }) =>
          html`<div class="finding fail"><h4 class="name">${what}</h4><p>${reason}</p><p><code>${command}</code></p></div>`,
      )}`
}
</section>`;
}

function path(report: DestinationReport, contract: DeliveryContract): Markup {
  return html`<ol class="path" aria-label="The way of a delivery">${stepsOf(report, contract).map(
    ({ kind, names, outcome, held }) =>
      html`<li class="${outcome}"><div class="step"><span class="kind">${icon(outcome)} ${kind}</span>${names.map((name) => html`<span class="name">${name}</span>`)}<span class="held">${held}</span></div>${ARROW}</li>`,
  )}</ol>`;
}

function finding({ results, first, cause }: ResultGroup<LiveResult>): Markup {
  const { outcome, expected, remedy, note, deciding, location, evidence, by, accepted } = first;
  const difference = differenceOf(first);
  const rows: [string, string | Markup | undefined][] = [
    ["Expected", expected],
    ["Evidence", evidence && `${evidence}${by ? ` by ${by}` : ""}`],
    ["Cause", difference?.cause ?? cause],
    ["Difference", difference && html`<pre>${differenceTexts(difference).map((line) => html`${line}\n`)}</pre>`],
    ...deciding.map((statement): [string, string] => ["Statement", showStatement(statement)]),
    ["At", location && deciding.length === 0 ? `${location.file} ${location.address ?? ""}`.trimEnd() : undefined],
    ["Remedy", remedy],
    ["Note", note],
    ["Accepted", accepted],
  ];
  const shown = rows.filter(([, text]) => text !== undefined && text !== "");
  const titles = results.map((result) => (outcome === "fail" ? whatIsWrong(result) : `not known whether ${result.title}`)).join("; ");
  return html`<div class="finding ${outcome}"><h4>${icon(outcome)} ${capital(titles)}</h4><dl>${shown.map(
    ([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`,
  )}</dl></div>`;
}

function matrix({ results }: DestinationReport, { expectations }: DeliveryContract): Markup {
  const requests = new Map(expectations.map((expectation) => [expectation.id, expectation]));
  const asked = results.flatMap((result) => {
    const request = requests.get(result.id);
    return request ? [{ ...result, request }] : [];
  });
  const { columns, rows } = matrixOf(asked);
  return html`<div class="wide"><table><thead><tr><th scope="col">Request</th>${columns.map(({ title }) => html`<th scope="col">${capital(title)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ title, cells }) =>
      html`<tr><th scope="row">${capital(title)}</th>${cells.map((cell) =>
        cell
          ? html`<td class="cell ${cell.outcome}">${icon(cell.outcome)} ${cell.answer === "?" ? "not known" : cell.answer}${cell.evidence && html` <span class="evidence">${cell.evidence}</span>`}</td>`
          : html`<td class="soft">&ndash;</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

function settings(results: readonly LiveResult[]): Markup | undefined {
  return table(
    "Settings of the bucket",
    results.filter(({ kind }) => kind === "posture"),
  );
}

function others(results: readonly LiveResult[]): Markup | undefined {
  return table(
    "Also seen",
    results.filter(({ kind }) => kind === "extra"),
  );
}

function table(title: string, results: readonly LiveResult[]): Markup | undefined {
  if (results.length === 0) return undefined;
  return html`<h3>${title}</h3><div class="wide"><table><thead><tr><th scope="col">What</th><th scope="col">Expected</th><th scope="col">Outcome</th></tr></thead>
<tbody>${results.map(
    (result) =>
      html`<tr><th scope="row">${capital(result.title)}</th><td>${result.expected}</td><td class="cell ${result.outcome}">${icon(result.outcome)} ${OUTCOME_WORDS[result.outcome]}${result.evidence && html` <span class="evidence">${result.evidence}</span>`}</td></tr>`,
  )}</tbody></table></div>`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
