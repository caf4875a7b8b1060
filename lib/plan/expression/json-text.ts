/**
 * JSON text that holds placeholders.
 *
 * The text keeps placeholders unescaped (`"Resource":"⟨U+0000⟩aws_s3_bucket.b.arn⟨U+0000⟩/*"`), so that its unknown parts are found like
 * those of any other text. JSON does not allow that character, so these functions replace `JSON.stringify` and `JSON.parse`.
 */

import { isObject, type JsonObject, parseJson } from "../../json";
import { escapeUnknown, hasEscapedMark, hasUnknown, quoteUnknown, unescapeUnknown } from "../../unknown";
import { decimalText } from "../values/numbers";
import { compareTexts } from "../values/order";
import { isManageable } from "./value";

/** Compact JSON with `<`, `>`, `&` escaped, and members in their order. `undefined` where the value is too large to write. */
export function encodeJson(value: unknown): string | undefined {
  return isManageable(value) ? escaped(JSON.stringify(value) ?? "null") : undefined;
}

/** Terraform's `jsonencode`: as `encodeJson`, with members in the order of their names. */
export function encodeSortedJson(value: unknown): string | undefined {
  return isManageable(value) ? escaped(isInOrder(value) ? JSON.stringify(value) : written(value)) : undefined;
}

/** Whether `JSON.stringify`, which is faster, writes the same. */
function isInOrder(value: unknown): boolean {
  if (typeof value === "number") return decimalText(value) === String(value);
  if (typeof value !== "object" || value === null) return value !== undefined;
  if (Array.isArray(value)) return value.every(isInOrder);
  let before = "";
  for (const name in value) {
    if (compareTexts(before, name) > 0 || !isInOrder((value as JsonObject)[name])) return false;
    before = name;
  }
  return true;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value === "number") return decimalText(value);
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const names = Object.keys(value).sort(compareTexts);
  return `{${names.map((name) => `${JSON.stringify(name)}:${written(value[name])}`).join(",")}}`;
}

function escaped(text: string): string {
  return unescapeUnknown(/[<>&\u2028\u2029]/.test(text) ? text.replace(/[<>&\u2028\u2029]/g, escapeCharacter) : text);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The text is no JSON as it stands, but may be with what its placeholders stand for: `[{…}⟨U+0000⟩var.more⟨U+0000⟩]`. */
export class UnfinishedJson extends Error {}

/**
 * Parses JSON text that may hold placeholders, inside texts or in the place of a whole value. Throws `SyntaxError`, and `UnfinishedJson`
 * where a placeholder stands between values.
 */
export function decodeJson(text: string): unknown {
  if (!hasUnknown(text)) return parseJson(text);
  if (!hasEscapedMark(text)) {
    try {
      // Placeholders nearly always stand inside texts.
      return JSON.parse(escapeUnknown(text));
    } catch {
      // A placeholder stands for a whole value, or the text is not JSON.
    }
  }
  const quoted = quoteUnknown(text);
  try {
    return JSON.parse(quoted);
  } catch (error) {
    throw hasEscapedMark(text) || quoted === escapeUnknown(text) ? error : new UnfinishedJson("it depends on what is not known");
  }
}
