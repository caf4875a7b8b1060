/** The placeholders that stand for unknown expressions. */
import { isUnknown, unknownText } from "../../unknown";
import type { Frame } from "./scope";
import { jsonForPeople, unknownName } from "./value";

/** The placeholder for an expression. Inside `for`, the values of its variables make it unique. */
export function placeholderFor(expression: { readonly source: string }, frame: Frame): string {
  return unknownText(placeholderName(expression.source, frame));
}

export function placeholderName(source: string, frame: Frame): string {
  const variables = [...frame.variables].map(
    ([name, value]) => ` with ${name} = ${isUnknown(value) ? unknownName(value) : jsonForPeople(value)}`,
  );
  return frame.scope.nameOf(shorten(source)) + variables.join("");
}

/** The source of an expression, short enough for a name. */
export function shorten(source: string): string {
  const line = source.replace(/\s+/g, " ");
  return line.length > 1000 ? `${line.slice(0, 1000)}… (${line.length} characters, ${checksum(line)})` : line;
}

/** Distinguishes long expressions with the same beginning. */
function checksum(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return (sum >>> 0).toString(16);
}
