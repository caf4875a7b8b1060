/** Functions on texts. @see https://developer.hashicorp.com/terraform/language/functions */

import { compareTexts } from "../values/order";
import { counted, type Functions, fail, integer, items, text, texts } from "./arguments";
import { formatList, formatText } from "./format";
import { findAll, findFirst } from "./regular-expressions";
import { replace } from "./replace";

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
  replace,
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
