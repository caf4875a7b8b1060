/**
 * Placeholders in JSON text.
 *
 * A text that Terraform's `jsonencode` would write keeps its placeholders raw: `"Resource":"⟨U+0000⟩aws_s3_bucket.b.arn⟨U+0000⟩/*"`.
 * JSON itself allows U+0000 only escaped.
 */
import { hasUnknown, MARK } from "./placeholder";

const ESCAPED_MARK = "\\u0000";
const REPLACEMENT_CHARACTER = "\ufffd";

/** Whether the JSON text has an escaped U+0000, which `JSON.parse` would turn into the mark of a placeholder. */
export function hasEscapedMark(json: string): boolean {
  return json.includes(ESCAPED_MARK);
}

/** JSON text without escaped U+0000. */
export function withoutEscapedMarks(json: string): string {
  return json.replaceAll(ESCAPED_MARK, "");
}

/** The text with U+FFFD for each U+0000, so that input cannot fake a placeholder. */
export function withoutMarks(text: string): string {
  return hasUnknown(text) ? text.replaceAll(MARK, REPLACEMENT_CHARACTER) : text;
}

/** JSON text whose placeholders all stand inside strings, as text that `JSON.parse` accepts. */
export function escapeUnknown(json: string): string {
  return hasUnknown(json) ? json.replace(/\u0000[^\u0000]*\u0000/g, (placeholder) => JSON.stringify(placeholder).slice(1, -1)) : json;
}

/** The reverse: the output of `JSON.stringify` with raw placeholders. */
export function unescapeUnknown(json: string): string {
  if (!hasEscapedMark(json)) return json;
  return json.replace(/\\u0000((?:[^\\]|\\(?!u0000).)*?)\\u0000|\\./g, (match, inner: string | undefined) =>
    inner === undefined ? match : MARK + JSON.parse(`"${inner}"`) + MARK,
  );
}

/** The output of `JSON.stringify` for people: each placeholder as `${source}`. */
export function showUnknownInJson(json: string): string {
  return hasEscapedMark(json) ? json.replace(/\\u0000(.*?)(?:\\u0001.*?)?\\u0000/g, (_, source: string) => `\${${source}}`) : json;
}

/**
 * JSON text with placeholders inside strings or in the place of whole values, as text that `JSON.parse` accepts.
 *
 * An escaped U+0000 becomes U+FFFD.
 */
export function quoteUnknown(json: string): string {
  let result = "";
  let inText = false;
  let from = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "\\" && inText) {
      if (json.startsWith(ESCAPED_MARK, at)) {
        result += `${json.slice(from, at)}\\ufffd`;
        from = at + ESCAPED_MARK.length;
      }
      at++;
    } else if (character === '"') inText = !inText;
    else if (character === MARK) {
      const end = json.indexOf(MARK, at + 1);
      if (end < 0) break;
      const quoted = JSON.stringify(json.slice(at, end + 1));
      result += json.slice(from, at) + (inText ? quoted.slice(1, -1) : quoted);
      at = end;
      from = end + 1;
    }
  }
  return result + json.slice(from);
}
