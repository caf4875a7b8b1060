/** Functions on texts. @see https://developer.hashicorp.com/terraform/language/functions */

import { hasUnknown, isUnknown, kindOfUnknown, mayHold, showUnknown, splitAtUnknown, unknownsIn, unknownText } from "../../unknown";
import { shorten } from "../expression/placeholders";
import { Reference } from "../expression/value";
import { isAccountOfCredentials } from "../resources/provider";
import { compareTexts } from "../values/order";
import { counted, type Functions, fail, integer, items, text, texts } from "./arguments";
import { formatList, formatText } from "./format";
import { findAll, findFirst, replaceText } from "./regular-expressions";

/** No token in a template is longer. The search for parts of it takes time that grows with the square of its length. */
const LONGEST = 100;

/** A pattern between slashes is a regular expression. */
const PATTERN = /^\/.+\/$/s;

export const TEXT_FUNCTIONS: Functions = {
  basename: one((path) => parts(path).at(-1) ?? (path === "" ? "." : "/")),
  chomp: one((value) => value.replace(/(?:\r\n|\n|\r)+$/, "")),
  dirname: one(dirname),
  endswith: two((value, suffix) => value.endsWith(suffix)),
  format: formatText,
  formatlist: formatList,
  indent: counted(2, 2, (spaces, value) => text(value).replaceAll("\n", `\n${" ".repeat(checkedIndent(spaces))}`)),
  lower: one((value) => mapped(value, (character) => character.toLowerCase())),
  regex: two((pattern, value) => findFirst(pattern, value)),
  regexall: two((pattern, value) => findAll(pattern, value)),
  replace: counted(3, 3, replace),
  split: two((separator, value) => (separator === "" ? [...value] : value.split(separator))),
  startswith: two((value, prefix) => value.startsWith(prefix)),
  strcontains: two((value, part) => value.includes(part)),
  strrev: one((value) => characters(value).reverse().join("")),
  substr: counted(3, 3, (value, offset, length) => part(text(value), integer(offset), integer(length))),
  title: one((value) => value.replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase())),
  trim: two((value, cut) => trimmed([...value], new Set(cut))),
  trimprefix: two((value, prefix) => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  trimsuffix: two((value, suffix) => (suffix !== "" && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value)),
  trimspace: one((value) => value.replace(/^[\s\u0085]+|[\s\u0085]+$/g, "")),
  upper: one((value) => mapped(value, (character) => character.toUpperCase())),
  sort: counted(1, 1, (value) => (items(value).length === 0 ? [] : texts(value).sort(compareTexts))),
};

function one(run: (value: string) => unknown): Functions[string] {
  return counted(1, 1, (value) => run(text(value)));
}

function two(run: (first: string, second: string) => unknown): Functions[string] {
  return counted(2, 2, (first, second) => run(text(first), text(second)));
}

/** Terraform changes each character by itself: "ß" has no capital letter of its own. */
function mapped(value: string, change: (character: string) => string): string | undefined {
  if (value.includes("\u0130")) return undefined;
  return [...value].map((character) => (change(character).length === character.length ? change(character) : character)).join("");
}

let segmenter: Intl.Segmenter | undefined;

/** Characters as people count them: grapheme clusters. */
export function characters(value: string): string[] {
  if (/^[ -~]*$/.test(value)) return [...value];
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...segmenter.segment(value)].map(({ segment }) => segment);
}

function part(value: string, offset: number, length: number): string {
  const all = characters(value);
  const start = offset < 0 ? Math.max(0, all.length + offset) : offset;
  return all.slice(start, length < 0 ? undefined : start + length).join("");
}

function trimmed(value: readonly string[], cut: ReadonlySet<string>): string {
  let [start, end] = [0, value.length];
  while (start < end && cut.has(value[start]!)) start++;
  while (end > start && cut.has(value[end - 1]!)) end--;
  return value.slice(start, end).join("");
}

function checkedIndent(spaces: unknown): number {
  const count = integer(spaces);
  return count >= 0 && count < 10_000 ? count : fail("the indent is out of range");
}

function parts(path: string): string[] {
  return path.split("/").filter((each) => each !== "");
}

/** The folder of a path, with `.` and `..` resolved. */
function dirname(path: string): string {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const kept: string[] = [];
  for (const each of parts(folder)) {
    if (each === "..") {
      if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
      else if (!path.startsWith("/")) kept.push(each);
    } else if (each !== ".") kept.push(each);
  }
  return (path.startsWith("/") ? "/" : "") + kept.join("/") || ".";
}

/** Also in texts that are partly unknown, such as policies with the ID of the account. */
function replace(value: unknown, search: unknown, substitute: unknown): string | undefined {
  if ([value, search, substitute].some((each) => each instanceof Reference)) return undefined;
  const [given, wanted, put] = [text(value), text(search), text(substitute)];
  if (!hasUnknown(given + wanted + put)) return replaceText(given, wanted, put);
  return hasUnknown(wanted) || wanted === "" || wanted.length > LONGEST || PATTERN.test(wanted)
    ? undefined
    : replaceKnown(given, wanted, put);
}

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
