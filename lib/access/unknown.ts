/** The one place that knows how the project marks text that is not known yet. */
import { hasUnknown, lowerCase, mayHold, showUnknown, type UnknownKind, unknownsIn, unknownText } from "../unknown";
import type { Placeholder, TextPart } from "./sets";

export { hasUnknown, lowerCase, showUnknown, unknownsIn };

const PLACEHOLDER = /\u0000([^\u0000\u0001]*)(?:\u0001([^\u0000]*))?\u0000/g;

/** Cuts a text at its placeholders. */
export function partsOfText(text: string): TextPart[] {
  if (!hasUnknown(text)) return text === "" ? [] : [text];
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(placeholderOf(match[0], match[1]!, match[2] as UnknownKind | undefined));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function placeholderOf(symbol: string, source: string, kind: UnknownKind | undefined): Placeholder {
  return { symbol, source, isPlain: kind !== undefined, mayHold: (character) => mayHold(kind, character) };
}

/** Stands for the account that owns the resource, where its number is not known. */
export const OWNER_ACCOUNT = unknownText("the account that owns the resource", "name");

/** Whether a value is one placeholder and nothing else, which then may stand for a whole element. */
export function isUnknownElement(value: unknown): value is string {
  return typeof value === "string" && /^\s*\u0000[^\u0000]*\u0000\s*$/.test(value);
}
