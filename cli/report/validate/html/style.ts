/** The style of the page: light, dark and on paper. It refers to nothing outside the page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f7f9; --line: #d9dde3; --text: #1b2330; --soft: #5a6575;
  --pass: #0f7038; --pass-ground: #e7f5ec; --fail: #b42318; --fail-ground: #fdecea; --unknown: #5a6575; --unknown-ground: #eef0f3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161d; --panel: #1a2029; --line: #333c49; --text: #e6eaf0; --soft: #9daabb;
    --pass: #5fd08e; --pass-ground: #14301f; --fail: #ff8a7d; --fail-ground: #3b1714; --unknown: #9daabb; --unknown-ground: #232b36;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 48px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 21px; line-height: 1.3; margin: 40px 0 4px; overflow-wrap: anywhere; }
h3 { font-size: 16px; margin: 28px 0 8px; }
p { margin: 4px 0; }
a { color: inherit; }
.soft { color: var(--soft); }
.name, code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 13px; overflow-wrap: anywhere; }
.icon { width: 18px; height: 18px; flex: none; vertical-align: -4px; }
.pass { --tone: var(--pass); --tone-ground: var(--pass-ground); }
.fail { --tone: var(--fail); --tone-ground: var(--fail-ground); }
.unknown { --tone: var(--unknown); --tone-ground: var(--unknown-ground); }
.verdict { display: flex; gap: 10px; align-items: center; margin: 20px 0 12px; padding: 12px 16px; border-radius: 8px; border-left: 5px solid var(--tone);
  background: var(--tone-ground); color: var(--tone); font-weight: 600; font-size: 17px; }
.totals { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; margin: 0; list-style: none; }
.totals li { padding: 6px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.totals b { font-size: 17px; color: var(--tone, inherit); }
.path { display: flex; flex-wrap: wrap; align-items: stretch; gap: 12px 0; margin: 12px 0 0; padding: 0; list-style: none; }
.path li { display: flex; align-items: center; flex: 1 1 150px; min-width: 150px; }
.path .step { flex: 1; align-self: stretch; padding: 10px 12px; border: 1px solid var(--tone); border-top: 4px solid var(--tone); border-radius: 8px; background: var(--tone-ground); min-width: 0; }
.path .kind { display: flex; gap: 6px; align-items: center; font-weight: 600; color: var(--tone); }
.path .step .name { display: block; margin: 4px 0; }
.path .held { font-size: 13px; color: var(--soft); }
.path .arrow { width: 26px; height: 16px; flex: none; margin: 0 3px; color: var(--soft); }
.path li:last-child { flex-basis: 118px; min-width: 118px; }
.path li:last-child .arrow { display: none; }
table { width: 100%; border-collapse: collapse; margin: 4px 0; }
th, td { text-align: left; vertical-align: top; padding: 4px 10px; border-bottom: 1px solid var(--line); }
thead th { font-size: 13px; color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--line); }
tbody th { font-weight: 400; min-width: 130px; }
.wide { overflow-x: auto; }
.cell { color: var(--tone); font-weight: 600; white-space: nowrap; }
.cell .icon { width: 15px; height: 15px; vertical-align: -3px; }
.evidence { font-size: 12px; font-weight: 400; color: var(--soft); }
.finding { margin: 10px 0; padding: 10px 14px; border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 8px; background: var(--panel); }
.finding h4 { margin: 0 0 4px; font-size: 15px; color: var(--tone); }
.finding dl { display: grid; grid-template-columns: 90px 1fr; gap: 2px 12px; margin: 0; }
.finding dt { color: var(--soft); }
.finding dd { margin: 0; overflow-wrap: anywhere; }
.finding pre { margin: 0; font: 13px/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre-wrap; }
summary { cursor: pointer; }
details.destination { margin-top: 24px; border-top: 1px solid var(--line); }
details.destination > summary { margin-top: 8px; list-style-position: outside; }
details.destination > summary h2 { display: inline; }
.destination > div { scroll-margin-top: 60px; }
.facts { margin: 10px 0; }
.facts dl { display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 2px 12px; margin: 4px 0; }
.facts dt { color: var(--soft); max-width: 320px; overflow-wrap: anywhere; }
.facts dd { margin: 0; }
ul.plain { margin: 4px 0; padding-left: 20px; }
footer { margin-top: 40px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 13px; color: var(--soft); }
@media (max-width: 640px) {
  .path { flex-direction: column; }
  .path li, .path li:last-child { flex: none; flex-direction: column; align-items: stretch; }
  .path .arrow { transform: rotate(90deg); align-self: center; margin: 4px 0; }
  .finding dl, .facts dl { grid-template-columns: 1fr; }
  thead { display: none; }
  table, tbody, tr, th, td { display: block; }
  tr { padding: 6px 0; border-bottom: 1px solid var(--line); }
  th, td { border: 0; padding: 2px 0; overflow-wrap: anywhere; }
  tbody th { font-weight: 600; }
  td::before { content: attr(data-label) ": "; color: var(--soft); font-weight: 400; }
  td.none { display: none; }
  .cell { white-space: normal; }
}
@media print {
  :root {
    --ground: #ffffff; --panel: #ffffff; --line: #b8bec8; --text: #000000; --soft: #444c58;
    --pass: #0b5d2e; --pass-ground: #eef7f1; --fail: #9c1c12; --fail-ground: #fdf0ee; --unknown: #444c58; --unknown-ground: #f2f3f5;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { margin: 14mm; }
  body { font-size: 10.5px; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20px; }
  h2 { font-size: 16px; margin-top: 24px; }
  h3, .verdict, .totals b, .finding h4 { font-size: 12.5px; }
  thead th, .path .held { font-size: 10px; }
  .evidence, footer { font-size: 9.5px; }
  .icon, .cell .icon { width: 13px; height: 13px; }
  th, td { padding: 3px 6px; }
  .destination + .destination { break-before: page; }
  .path li, .path li:last-child { min-width: 0; flex: 1 1 0; }
  .path .step { padding: 6px 7px; }
  .path .kind { gap: 3px; }
  .path .arrow { width: 16px; margin: 0 1px; }
  h2, h3 { break-after: avoid; }
  tr, .finding, .verdict, .path { break-inside: avoid; }
  .wide { overflow: visible; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  .name, code { font-size: 9.5px; }
}
`;
