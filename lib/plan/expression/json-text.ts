/**
 * JSON text that holds placeholders.
 *
 * The text keeps placeholders unescaped (`"Resource":"⟨U+0000⟩aws_s3_bucket.b.arn⟨U+0000⟩/*"`), so that its unknown parts are found like
 * those of any other text. JSON does not allow that character, so these functions replace `JSON.stringify` and `JSON.parse`.
 */

import { parseJson } from "../../json";
import { hasUnknown } from "../../unknown";
import { isManageable } from "./value";

const MARK = "\u0000";

/** Terraform's `jsonencode`: compact, with `<`, `>`, `&` escaped. `undefined` where the value is too large to write. */
export function encodeJson(value: unknown): string | undefined {
  if (!isManageable(value)) return undefined;
  const text = JSON.stringify(value) ?? "null";
  const escaped = /[<>&\u2028\u2029]/.test(text) ? text.replace(/[<>&\u2028\u2029]/g, escapeCharacter) : text;
  if (!escaped.includes("\\u0000")) return escaped;
  return escaped.replace(/\\u0000((?:[^\\]|\\(?!u0000).)*?)\\u0000|\\./g, (match, inner: string | undefined) =>
    inner === undefined ? match : MARK + JSON.parse(`"${inner}"`) + MARK,
  );
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Parses JSON text that may hold placeholders, inside texts or in the place of a whole value. Throws `SyntaxError`. */
export function decodeJson(text: string): unknown {
  if (!hasUnknown(text)) return parseJson(text);
  if (!text.includes("\\u0000")) {
    try {
      // Placeholders nearly always stand inside texts.
      return JSON.parse(text.replace(/\u0000[^\u0000]*\u0000/g, (placeholder) => JSON.stringify(placeholder).slice(1, -1)));
    } catch {
      // A placeholder stands for a whole value, or the text is not JSON.
    }
  }
  return JSON.parse(quotePlaceholders(text));
}

function quotePlaceholders(text: string): string {
  let result = "";
  let inText = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "\\" && inText) {
      if (text.startsWith("u0000", at + 1)) {
        result += `${text.slice(from, at)}\\ufffd`;
        from = at + 6;
      }
      at++;
    } else if (character === '"') inText = !inText;
    else if (character === MARK) {
      const end = text.indexOf(MARK, at + 1);
      if (end < 0) break;
      const quoted = JSON.stringify(text.slice(at, end + 1));
      result += text.slice(from, at) + (inText ? quoted.slice(1, -1) : quoted);
      at = end;
      from = end + 1;
    }
  }
  return result + text.slice(from);
}
