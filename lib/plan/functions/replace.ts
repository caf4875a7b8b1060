/** Terraform's `replace`, also in texts that are partly unknown, such as policies with the ID of the account. */
import { hasUnknown, isUnknown, kindOfUnknown, mayHold, showUnknown, splitAtUnknown, unknownsIn, unknownText } from "../../unknown";
import { shorten } from "../expression/placeholders";
import { Reference } from "../expression/value";
import { isAccountOfCredentials } from "../resources/provider";
import { counted, text } from "./arguments";
import { replaceText } from "./regular-expressions";

/** No token in a template is longer. The search for parts of it takes time that grows with the square of its length. */
const LONGEST = 100;

/** A pattern between slashes is a regular expression. */
const PATTERN = /^\/.+\/$/s;

export const replace = counted(3, 3, (value, search, substitute) => {
  if ([value, search, substitute].some((each) => each instanceof Reference)) return undefined;
  const [given, wanted, put] = [text(value), text(search), text(substitute)];
  if (!hasUnknown(given + wanted + put)) return replaceText(given, wanted, put);
  return hasUnknown(wanted) || wanted === "" || wanted.length > LONGEST || PATTERN.test(wanted)
    ? undefined
    : replaceKnown(given, wanted, put);
});

/** Undefined where an unknown part may complete what is wanted. */
function replaceKnown(given: string, wanted: string, put: string): string | undefined {
  if (isUnknown(given)) return mayContain(given, wanted) ? undefined : given;
  const parts = splitAtUnknown(given);
  const isKnown = (index: number) => index % 2 === 0;
  if (parts.some((_, index) => isKnown(index) && mayGoOn(parts, index, wanted))) return undefined;
  return parts
    .map((part, index) => {
      if (isKnown(index)) return part.replaceAll(wanted, () => put);
      return mayContain(part, wanted) ? replaced(part, wanted, put) : part;
    })
    .join("");
}

/** Whether what is wanted may begin or end in the placeholder beside a known part, and go on in that part. */
function mayGoOn(parts: readonly string[], index: number, wanted: string): boolean {
  const [before, after] = [parts[index - 1], parts[index + 1]];
  const start = parts[index]!;
  const end = start.slice(start.lastIndexOf(wanted) < 0 ? 0 : start.lastIndexOf(wanted) + wanted.length);
  for (let at = 1; at < wanted.length; at++) {
    const [first, second] = [wanted.slice(0, at), wanted.slice(at)];
    if (before !== undefined && start.startsWith(second) && mayContain(before, first)) return true;
    if (after !== undefined && end.endsWith(first) && mayContain(after, second)) return true;
  }
  return false;
}

function mayContain(placeholder: string, wanted: string): boolean {
  if (isAccountOfCredentials(unknownsIn(placeholder)[0] ?? "")) return /^\d+$/.test(wanted);
  return [...wanted].every((character) => mayHold(kindOfUnknown(placeholder), character));
}

function replaced(placeholder: string, wanted: string, put: string): string {
  const source = unknownsIn(placeholder)[0] ?? "";
  return unknownText(shorten(`replace(${source}, ${JSON.stringify(wanted)}, ${JSON.stringify(showUnknown(put))})`));
}
