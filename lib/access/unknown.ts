/** Unknown texts as parts of patterns. */
import {
  fillUnknown,
  hasUnknown,
  indexOfUnknown,
  isWhollyUnknown,
  kindOfUnknown,
  lowerCase,
  maskUnknown,
  mayHold,
  showUnknown,
  splitAtUnknown,
  stripUnknown,
  unknownsIn,
  unknownText,
} from "../unknown";
import type { Placeholder, TextPart } from "./sets";

export { fillUnknown, hasUnknown, isWhollyUnknown as isUnknownElement, lowerCase, maskUnknown, showUnknown, stripUnknown, unknownsIn };

/** Splits a text at its placeholders. */
export function partsOfText(text: string): TextPart[] {
  return splitAtUnknown(text).flatMap((part, index): TextPart[] => {
    if (index % 2 === 1) return [placeholderOf(part)];
    return part === "" ? [] : [part];
  });
}

function placeholderOf(symbol: string): Placeholder {
  const kind = kindOfUnknown(symbol);
  return { symbol, source: unknownsIn(symbol)[0] ?? "", isPlain: kind !== undefined, mayHold: (character) => mayHold(kind, character) };
}

const VARIABLE = "variable ";

/** The placeholder for a policy variable. */
export function variableText(text: string): string {
  return unknownText(VARIABLE + text);
}

/** Whether the text begins with a policy variable. */
export function beginsWithVariable(text: string): boolean {
  return indexOfUnknown(text) === 0 && unknownsIn(text)[0]!.startsWith(VARIABLE);
}

/** Stands for the account that owns the resource, if its ID is unknown. */
export const OWNER_ACCOUNT = unknownText("the account that owns the resource", "name");
