import { type Cell, EMOJI, type Matrix } from "..";
import { plain, table } from "./github-markdown";

/** The access matrix as a table in Markdown. */
export function matrixTable({ columns, rows }: Matrix): string {
  return table(
    ["", ...columns.map(({ title }) => plain(title))],
    rows.map(({ title, cells }) => [plain(title), ...cells.map(showCell)]),
  );
}

function showCell(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  const emoji = cell.outcome === "pass" ? "" : `${EMOJI[cell.outcome]} `;
  const words = cell.words === undefined || cell.words.length === 0 ? "" : `: ${cell.words.map(plain).join("; or ")}`;
  return `${emoji}${cell.answer === "can" ? "**can**" : cell.answer}${words}`;
}
