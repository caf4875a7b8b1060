import { type AskedResult, type Cell, EMOJI, matrixOf } from "..";
import { plain, table } from "./github-markdown";

/** The access matrix as a table in Markdown. */
export function matrixTable(results: readonly AskedResult[]): string {
  const { columns, rows } = matrixOf(results);
  return table(
    ["", ...columns.map(({ title }) => title)],
    rows.map(({ title, cells }) => [plain(title), ...cells.map(showCell)]),
  );
}

function showCell(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  const emoji = cell.outcome === "pass" ? "" : `${EMOJI[cell.outcome]} `;
  return `${emoji}${cell.answer === "can" ? "**can**" : cell.answer}`;
}
