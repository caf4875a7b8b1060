/** Functions that encode and decode. @see https://developer.hashicorp.com/terraform/language/functions */
import { setOwnValue } from "../../json";
import { isUnknown, withoutMarks } from "../../unknown";
import { decodeJson, encodeSortedJson } from "../expression/json-text";
import { isPartlyUnknown, Reference } from "../expression/value";
import { isUnordered } from "../values/order";
import { counted, type Functions, fail, text } from "./arguments";

/** Functions that accept arguments with unknown parts. */
export const JSON_FUNCTIONS: Functions = {
  jsondecode: counted(1, 1, decode),
  jsonencode: counted(1, 1, (value) => (isWritable(value) ? encodeSortedJson(value) : undefined)),
};

/** Functions whose result is unknown unless all arguments are known. */
export const ENCODING_FUNCTIONS: Functions = {
  base64decode: counted(1, 1, (value) => decodeUtf8(bytesOf(text(value)))),
  base64encode: counted(1, 1, (value) => Buffer.from(text(value), "utf8").toString("base64")),
  csvdecode: counted(1, 1, (value) => decodeCsv(text(value))),
  textdecodebase64: counted(2, 2, (value, encoding) => decodeText(bytesOf(text(value)), text(encoding))),
  textencodebase64: counted(2, 2, (value, encoding) => encodeText(text(value), text(encoding))),
  urlencode: counted(1, 1, (value) => encodeUrl(text(value))),
};

/** JavaScript would round numbers of so many digits, and cannot hold larger ones. */
const LONG_NUMBER = /(?:^|[:[,\s])-?(?:\d[\d.]{15}|\d+(?:\.\d+)?[eE]\+?\d{2})/;

function decode(value: unknown): unknown {
  if (typeof value !== "string") return fail("the argument is not a text");
  if (isUnknown(value) || LONG_NUMBER.test(value)) return undefined;
  try {
    return decodeJson(value);
  } catch (error) {
    return error instanceof SyntaxError ? fail("the text is not JSON") : undefined;
  }
}

/** Whether the text of a value follows from it: references are unknown, and so is the order that Terraform gives a set of objects. */
function isWritable(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (value instanceof Reference || depth > 100 || (isUnordered(value) && !isPartlyUnknown(value))) return false;
  return Object.values(value).every((item) => isWritable(item, depth + 1));
}

function bytesOf(base64: string): Buffer {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64.replace(/[\r\n]/g, "")))
    fail("the text is not Base64");
  return Buffer.from(base64, "base64");
}

/** The text of bytes. Nothing in it counts as a placeholder. Throws `EvaluationFailure` where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return withoutMarks(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return fail("the bytes are not UTF-8");
  }
}

/** The many other encodings are unknown. */
function decodeText(bytes: Buffer, encoding: string): string | undefined {
  if (encoding === "UTF-8") return decodeUtf8(bytes);
  return encoding === "UTF-16LE" && bytes.length % 2 === 0 ? withoutMarks(bytes.toString("utf16le")) : undefined;
}

function encodeText(value: string, encoding: string): string | undefined {
  if (encoding === "UTF-8") return Buffer.from(value, "utf8").toString("base64");
  return encoding === "UTF-16LE" ? Buffer.from(value, "utf16le").toString("base64") : undefined;
}

function encodeUrl(value: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, percent)
    .replaceAll("%20", "+");
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** `csvdecode`: one object for each line after the first, which holds the names. */
function decodeCsv(text: string): unknown {
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
