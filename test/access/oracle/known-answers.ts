/**
 * What Z3 answered for the systems of the usual run, which are the same on every run: asking again takes as long as forty other test files.
 * Another system, seed or number asks Z3 itself, as the nightly run does.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "./z3";

const FILE = join(__dirname, "known-answers.json");
const LETTERS: Readonly<Record<Answer, string>> = { sat: "s", unsat: "u", unknown: "?" };
const ANSWERS = new Map(Object.entries(LETTERS).map(([answer, letter]) => [letter, answer as Answer]));

/** The answers, by the order of the systems; undefined where the file is about others. */
export function knownAnswers(systems: readonly string[]): readonly Answer[] | undefined {
  const { systems: hash, answers } = JSON.parse(readFileSync(FILE, "utf8")) as Known;
  return hash === hashOf(systems) ? [...answers].map((letter) => ANSWERS.get(letter)!) : undefined;
}

export function writeKnownAnswers(systems: readonly string[], answers: readonly Answer[]): void {
  const known: Known = { systems: hashOf(systems), answers: answers.map((answer) => LETTERS[answer]).join("") };
  writeFileSync(FILE, `${JSON.stringify(known, null, 2)}\n`);
}

interface Known {
  /** SHA-256 of the systems. */
  readonly systems: string;
  /** A letter for each. */
  readonly answers: string;
}

function hashOf(systems: readonly string[]): string {
  const hash = createHash("sha256");
  for (const system of systems) hash.update(system).update("\0");
  return hash.digest("hex");
}
