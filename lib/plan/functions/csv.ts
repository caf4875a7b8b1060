/** `csvdecode`. @see https://developer.hashicorp.com/terraform/language/functions/csvdecode */
import { setOwnValue } from "../../json";
import { fail } from "./arguments";

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** One object for each line after the first, which holds the names. */
export function decodeCsv(text: string): unknown {
  const rows = rowsOf(text);
  const names = rows.shift() ?? fail("the text has no line with names");
  if (new Set(names).size < names.length) fail("a name stands there twice");
  return rows.map((cells) => {
    if (cells.length !== names.length) fail("a line has another number of cells than the first");
    const row: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) setOwnValue(row, name, cells[index]);
    return row;
  });
}

function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    CELL.lastIndex = at;
    const match = CELL.exec(text) ?? fail("the text is not CSV");
    const [whole, quoted, plain, end] = match;
    at += whole.length;
    const isBlankLine = row.length === 0 && quoted === undefined && plain === "" && end !== ",";
    if (!isBlankLine) row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"').replaceAll("\r\n", "\n"));
    if (end === "," && at < text.length) continue;
    if (end === ",") row.push("");
    if (row.length > 0) rows.push(row);
    row = [];
  }
  return rows;
}
