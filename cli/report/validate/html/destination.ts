/** One destination on the page. */
import type { DeliveryContract } from "../../../../lib/contract";
import { type Cell, groupResults, type Matrix, OUTCOME_WORDS, plural, type ResultGroup } from "../../shared";
import { differenceOf, differenceTexts } from "../difference";
import { destinationOutcome } from "../outcome";
import { MODE_LINE, showStatement, whatIsWrong } from "../phrases";
import { factsOfDestination } from "../provenance";
import type { DestinationReport, LiveResult } from "../types";
import { html, Markup } from "./markup";
import { capital, facts, icon } from "./parts";
import { stepsOf } from "./path";

const ARROW = html`<svg class="arrow" viewBox="0 0 26 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M2 8h21M17 3l6 5-6 5"/></svg>`;

export interface Shown {
  readonly index: number;
  /** The destination is one of many, and can be folded. */
  readonly isFolded: boolean;
  readonly isOpen: boolean;
}

export function destinationSection(report: DestinationReport, contract: DeliveryContract, { index, isFolded, isOpen }: Shown): Markup {
  const outcome = destinationOutcome(report);
  const heading = html`<h2>${report.vendor} &rarr; ${report.bucket}</h2>`;
  const body = html`<div id="destination-${index + 1}">${destinationBody(report, contract)}</div>`;
  if (!isFolded) return html`<section class="destination">${heading}${body}</section>`;
  const summary = html`<summary><span class="cell ${outcome}">${icon(outcome)}</span> ${heading}</summary>`;
  return html`<details class="destination"${isOpen ? new Markup(" open") : undefined}>${summary}${body}</details>`;
}

function destinationBody(report: DestinationReport, contract: DeliveryContract): Markup {
  const { mode, actedAs, notChecked, left, stopped, written, durationMs } = report;
  const attention = report.results.filter(({ outcome }) => outcome !== "pass");
  const documentation = /^https:\/\/[^\s"']+$/.test(contract.vendor.documentation)
    ? html` &middot; <a href="${contract.vendor.documentation}" rel="noreferrer">${contract.vendor.name}'s documentation</a>`
    : undefined;
  return html`<p class="soft">${capital(MODE_LINE[mode])}${actedAs === undefined ? undefined : html`: <span class="name">${actedAs}</span>`}${documentation}</p>
${stopped === undefined ? undefined : html`<p class="finding fail">Stopped before its end: ${stopped}</p>`}
${path(report, contract)}
${attention.length === 0 ? undefined : html`<h3>What needs attention</h3>${groupResults(attention).map(finding)}`}
<h3>Who can do what</h3>
${matrix(report.matrix)}
${proofs(report.results)}
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
${requests(report.results)}
${facts("Callers, contract and live policies", factsOfDestination(report))}`;
}

function path(report: DestinationReport, contract: DeliveryContract): Markup {
  return html`<ol class="path" aria-label="The way of a delivery">${stepsOf(report, contract).map(
    ({ kind, names, outcome, held }) =>
      html`<li class="${outcome}"><div class="step"><span class="kind">${icon(outcome)} ${kind}</span>${names.map((name) => html`<span class="name">${name}</span>`)}<span class="held">${held}</span></div>${ARROW}</li>`,
  )}</ol>`;
}

function finding({ results, first, expected, cause, remedy, note }: ResultGroup<LiveResult>): Markup {
  const { outcome, deciding, location, evidence, by, accepted } = first;
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

function matrix({ columns, rows }: Matrix): Markup {
  return html`<div class="wide"><table><thead><tr><th scope="col">Request</th>${columns.map(({ title }) => html`<th scope="col">${capital(title)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ title, cells }) =>
      html`<tr><th scope="row">${capital(title)}</th>${cells.map((cell, index) =>
        cell
          ? html`<td class="cell ${cell.outcome}" data-label="${capital(columns[index]!.title)}">${icon(cell.outcome)} ${answerOf(cell)}</td>`
          : html`<td class="soft none" data-label="${capital(columns[index]!.title)}">&ndash;</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

function answerOf({ answer, evidence, words = [] }: Cell): Markup {
  const told = words.length === 0 ? undefined : html`: ${words.join("; or ")}`;
  return html`${answer === "?" ? "not known" : answer}${told}${evidence && html` <span class="evidence">${evidence}</span>`}`;
}

function proofs(results: readonly LiveResult[]): Markup | undefined {
  return table(
    "For every request",
    results.filter(({ kind }) => kind === "proof"),
  );
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

/** AWS's IDs of the requests, for AWS Support and CloudTrail. */
function requests(results: readonly LiveResult[]): Markup | undefined {
  const asked = results.filter(({ requestIds = [] }) => requestIds.length > 0);
  if (asked.length === 0) return undefined;
  const rows = asked.map(({ title, by, requestIds = [] }) => ({
    name: title,
    text: `${by === undefined ? "" : `${by}: `}${requestIds.join(", ")}`,
  }));
  return facts("Request IDs of AWS", rows);
}

function table(title: string, results: readonly LiveResult[]): Markup | undefined {
  if (results.length === 0) return undefined;
  return html`<h3>${title}</h3><div class="wide"><table><thead><tr><th scope="col">What</th><th scope="col">Expected</th><th scope="col">Outcome</th></tr></thead>
<tbody>${results.map(
    (result) =>
      html`<tr><th scope="row">${capital(result.title)}</th><td data-label="Expected">${result.expected}</td><td class="cell ${result.outcome}" data-label="Outcome">${icon(result.outcome)} ${OUTCOME_WORDS[result.outcome]}${result.evidence && html` <span class="evidence">${result.evidence}</span>`}</td></tr>`,
  )}</tbody></table></div>`;
}
