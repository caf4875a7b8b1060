import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HclSyntaxError, parseHcl } from "../../../lib/plan/hcl";
import { FILE } from "./generate";
import { compare, innerHeredocs, loadOracle, type Oracle } from "./oracle";

/** The machine may be busy: these tests are about answers, not about time. */

const CORPUS = join(__dirname, "corpus");
const FILES = readdirSync(CORPUS).sort();
const GENERATED = fc.sample(FILE, { numRuns: 450, seed: 15 });
/** What people mistype, and what makes a file another one. */
const MUTATIONS = [
  ...['"', "{", "}", "[", "]", "(", ")", "${", "%{", "\n", "\\", "=", ",", "<<EOT\n", "#", "/*", ".", "?", ":", "'", "for", "~}", "0"],
  ...["é", "-"],
];

const oracle = loadOracle();
if (oracle === undefined) console.warn("not compared with hcl2json: the package @cdktn/hcl2json is not installed");

const read = (name: string): string => readFileSync(join(CORPUS, name), "utf8");

test("the corpus holds forty files and more, and all of them are read", () => {
  expect(FILES.length).toBeGreaterThanOrEqual(40);
  for (const name of FILES) expect(() => parseHcl(read(name)), name).not.toThrow();
});

test("three hundred and fifty generated files and more, no two alike, are read", () => {
  expect(new Set(GENERATED).size).toBeGreaterThanOrEqual(350);
  for (const text of GENERATED) expect(() => parseHcl(text), text).not.toThrow();
});

describe.skipIf(oracle === undefined)("as hcl2json, which holds Terraform's own parser", () => {
  test.each(FILES)("%s has the same JSON form", async (name) => {
    await expectSame(read(name), oracle!);
  });

  test("generated files have the same JSON form", async () => {
    for (const text of GENERATED) await expectSame(text, oracle!);
  });

  test("files with one mistake are refused, or have the same JSON form", async () => {
    const sources = [...FILES.map(read), ...GENERATED.slice(0, 100)].filter((text) => text.length < 3_000 && text.length > 0);
    const mistake = fc.record({
      text: fc.constantFrom(...sources),
      at: fc.nat(),
      removed: fc.nat({ max: 2 }),
      added: fc.constantFrom("", ...MUTATIONS),
    });

    for (const { text, at, removed, added } of fc.sample(mistake, { numRuns: 600, seed: 16 })) {
      const characters = [...text];
      const offset = at % characters.length;
      const mutant = [...characters.slice(0, offset), added, ...characters.slice(offset + removed)].join("");
      if (isRefused(mutant)) await expectRefused(mutant, oracle!);
      else if (!(await hasWrongOperand(mutant, oracle!))) await expectSame(mutant, oracle!);
    }
  });
});

function isRefused(text: string): boolean {
  try {
    parseHcl(text);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(HclSyntaxError);
    return true;
  }
}

async function expectSame(text: string, parse: Oracle): Promise<void> {
  const { ours, theirs } = await compare(text, parse);
  expect(ours, text).toEqual(theirs);
  for (const { heredoc, quoted } of innerHeredocs(text)) {
    expect(await parse(inText(quoted)), heredoc).toEqual(await parse(inText(heredoc)));
  }
}

/** Beside other text, so that the value is a text, whatever white space is trimmed. */
const inText = (template: string): string => `x = "-${"${"}${template}\n}"\n`;

/** hcl2json lets an argument and blocks of one name pass, and keeps one of them. */
async function expectRefused(text: string, parse: Oracle): Promise<void> {
  const reason = reasonOf(text);
  if (/as an argument and as a block/.test(reason)) return;
  await expect(parse(text), `${reason}\n${text}`).rejects.toThrow();
}

/** hcl2json evaluates a sign before a literal, and refuses `-true`. That is no mistake of the grammar. */
async function hasWrongOperand(text: string, parse: Oracle): Promise<boolean> {
  try {
    await parse(text);
    return false;
  } catch (error) {
    return /unary operand|argument must not be null/.test(String(error));
  }
}

function reasonOf(text: string): string {
  try {
    parseHcl(text);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
