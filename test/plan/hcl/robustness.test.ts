import fc from "fast-check";
import { expect, test } from "vitest";
import { HclSyntaxError, hclPositions, parseHcl } from "../../../lib/plan/hcl";
import { parseSyntax } from "../../../lib/plan/hcl/body";
import { Scanner } from "../../../lib/plan/hcl/scanner";
import { FILE } from "./generate";

/** The machine may be busy: these tests are about answers, not about time. */

/** Reads, and lets nothing pass but an answer or the one error. */
function survives(text: string): void {
  try {
    JSON.stringify(parseHcl(text));
    hclPositions(text, ["", "/a/0", "/resource/x/y/0/z"]);
  } catch (error) {
    expect(error, text).toBeInstanceOf(HclSyntaxError);
    expect((error as HclSyntaxError).line, text).toBeLessThanOrEqual(text.split("\n").length);
  }
}

const PIECES = [
  ...[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    '"',
    "${",
    "%{",
    "~}",
    "<<EOT\n",
    "\nEOT\n",
    "=",
    ",",
    ".",
    "?",
    ":",
    "=>",
    "...",
    "\n",
    "\r\n",
    "\r",
    " ",
  ],
  ...[
    "#",
    "//",
    "/*",
    "*/",
    "\\",
    "\\u",
    "if",
    "for",
    "in",
    "else",
    "endif",
    "endfor",
    "a",
    "é",
    "1",
    "1.5e3",
    "-",
    "!",
    "*",
    "&&",
    "\u0000",
    "\ud800",
    "\ufeff",
  ],
];

test("texts of any characters are read, or are the one error", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), survives), { numRuns: 1_000 });
});

test("texts of tokens in any order are read, or are the one error", () => {
  const tokens = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((all) => all.join(""));

  fc.assert(fc.property(tokens, survives), { numRuns: 2_000 });
  fc.assert(
    fc.property(
      tokens.map((text) => `a {\n  b = "${text}"\n}\n`),
      survives,
    ),
    { numRuns: 500 },
  );
});

test("files with pieces cut out or put in are read, or are the one error", () => {
  const cut = fc.tuple(FILE, fc.nat(), fc.nat({ max: 20 }), fc.constantFrom("", ...PIECES));

  fc.assert(
    fc.property(cut, ([text, at, length, added]) => {
      const offset = text.length === 0 ? 0 : at % text.length;
      survives(text.slice(0, offset) + added + text.slice(offset + length));
    }),
    { numRuns: 500 },
  );
});

const SHAPES: Readonly<Record<string, (count: number) => string>> = {
  arguments: (count) => Array.from({ length: count }, (_, index) => `a${index} = 1\n`).join(""),
  "blocks of one type": (count) => 'resource "a" "b" {\n  c = [1, "x", { d = e }]\n}\n'.repeat(count),
  "blocks with labels of their own": (count) => Array.from({ length: count }, (_, index) => `a "${index}" {\n}\n`).join(""),
  "items of a list": (count) => `a = [${"1, ".repeat(count)}]\n`,
  "entries of an object": (count) => `a = {\n${"b = 1\n".repeat(count)}}\n`,
  operands: (count) => `a = 1${" + 1".repeat(count)}\n`,
  "steps of a reference": (count) => `a = b${".c[0]".repeat(count)}\n`,
  conditionals: (count) => `a = ${"b ? c : ".repeat(count)}d\n`,
  signs: (count) => `a = ${"!-".repeat(count)}b\n`,
  "comments between tokens": (count) => `a ${"/* c */ ".repeat(count)}= [\n${"# c\n".repeat(count)}]\n`,
  "line breaks": (count) => `${"\n".repeat(count)}a = {${"\n".repeat(count)}}\n`,
  "plain text": (count) => `a = "${"x".repeat(count)}"\n`,
  "escape sequences": (count) => `a = "${"\\n\\u00e9$${".repeat(count)}"\n`,
  interpolations: (count) => `a = "${"x ${b} $5 ${~ c ~} ".repeat(count)}"\n`,
  directives: (count) => `a = "${"%{ if b }c%{ endif }".repeat(count)}"\n`,
  "lines of a heredoc": (count) => `a = <<-EOT\n${"  b ${c} EOT\n".repeat(count)}EOT\n`,
  "heredocs in expressions": (count) => `a = f(${"<<B\nc\nB\n, ".repeat(count)})\n`,
  digits: (count) => `a = ${"1".repeat(count)}\n`,
  "opening brackets": (count) => `a = ${"[".repeat(count)}`,
  quotes: (count) => `a = ${'"'.repeat(count)}`,
  "dollar signs": (count) => `a = "${"$".repeat(count)}"\n`,
};

test.each(Object.entries(SHAPES))("ten times as many %s take ten times as many steps, not more", (_, shape) => {
  const [few, many] = [steps(shape(300)), steps(shape(3_000))];

  expect(many).toBeLessThan(few * 11);
  expect(many).toBeLessThan(shape(3_000).length * 6 + 100);
});

/** How many characters the scanner looks at. */
function steps(text: string): number {
  const scanner = new Scanner(text);
  try {
    parseSyntax(scanner);
  } catch (error) {
    expect(error).toBeInstanceOf(HclSyntaxError);
  }
  return scanner.steps;
}
