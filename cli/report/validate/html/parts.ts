/** Small parts that the page and its sections share. */
import type { Result } from "../../../../lib/contract";
import { OUTCOME_WORDS } from "../../shared";
import type { Fact } from "../provenance";
import { html, type Markup } from "./markup";

/** Outcomes differ in shape and word, not only in colour. */
const SHAPES: Readonly<Record<Result["outcome"], Markup>> = {
  pass: html`<path d="M5 9.3l2.7 2.7L13 6.4"/>`,
  fail: html`<path d="M6 6l6 6M12 6l-6 6"/>`,
  unknown: html`<path d="M6.8 7.1a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M9 12.9v.1"/>`,
};

export function icon(outcome: Result["outcome"]): Markup {
  return html`<svg class="icon" viewBox="0 0 18 18" role="img" aria-label="${OUTCOME_WORDS[outcome]}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><circle cx="9" cy="9" r="7.6"/>${SHAPES[outcome]}</svg>`;
}

/** A list that opens on a click. */
export function facts(title: string, rows: readonly Fact[]): Markup {
  return html`<details class="facts"><summary>${title}</summary><dl>${rows.map(
    ({ name, text }) => html`<dt>${capital(name)}</dt><dd class="name">${text}</dd>`,
  )}</dl></details>`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
