/**
 * JSON text that holds placeholders.
 *
 * The text keeps placeholders unescaped (`"Resource":"⟨U+0000⟩aws_s3_bucket.b.arn⟨U+0000⟩/*"`), so that its unknown parts are found like
 * those of any other text. JSON does not allow that character, so these functions replace `JSON.stringify` and `JSON.parse`.
 */

import { parseJson } from "../../json";
import { escapeUnknown, hasEscapedMark, hasUnknown, quoteUnknown, unescapeUnknown } from "../../unknown";
import { isManageable } from "./value";

/** Terraform's `jsonencode`: compact, with `<`, `>`, `&` escaped. `undefined` where the value is too large to write. */
export function encodeJson(value: unknown): string | undefined {
  if (!isManageable(value)) return undefined;
  const text = JSON.stringify(value) ?? "null";
  const escaped = /[<>&\u2028\u2029]/.test(text) ? text.replace(/[<>&\u2028\u2029]/g, escapeCharacter) : text;
  return unescapeUnknown(escaped);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Parses JSON text that may hold placeholders, inside texts or in the place of a whole value. Throws `SyntaxError`. */
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
  return JSON.parse(quoteUnknown(text));
}
