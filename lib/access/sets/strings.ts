/**
 * Systems of string tests: finds the shortest text that matches all of some unions of patterns, and none of others.
 *
 * Each test becomes an automaton. A breadth-first search through the product of their states finds the shortest text, or shows that there
 * is none.
 */
import { alphabetOf } from "./alphabet";
import { Automaton, type Reading } from "./automaton";
import type { Budget } from "./budget";
import { codesOf, hasPlaceholder, type Pattern, placeholderOfCode, type TextPart, textOfCodes } from "./pattern";

/**
 * How a test treats unknown values: `upper` accepts a text that may match, `lower` only one that certainly does. A set that is empty at
 * `upper` is certainly empty; a text found at `lower` certainly exists.
 */
export type Bound = "upper" | "lower";

/** A union of patterns. */
export interface StringTest {
  readonly sort: "string";
  readonly patterns: readonly Pattern[];
  /** Narrower patterns that certainly match, where AWS does not document how far the patterns reach. */
  readonly certainPatterns: readonly Pattern[];
  readonly ignoresCase: boolean;
  /** Whether the placeholders are parts of a text, so that none is a wildcard. */
  readonly isText: boolean;
  readonly automata: Map<Reading, Automaton>;
  readonly id: number;
}

export interface StringTestOptions {
  readonly certainPatterns?: readonly Pattern[];
  readonly ignoresCase?: boolean;
  readonly isText?: boolean;
}

/** @param patterns - in lower case if the test ignores case */
export function stringTest(patterns: readonly Pattern[], options: StringTestOptions = {}): StringTest {
  const { certainPatterns = patterns, ignoresCase = false, isText = false } = options;
  const key = [
    patterns.map(keyOf).join(" "),
    certainPatterns === patterns ? "" : certainPatterns.map(keyOf).join(" "),
    ignoresCase,
    isText,
    certainPatterns === patterns,
  ].join("\n");
  let test = tests.get(key);
  if (test === undefined) {
    test = { sort: "string", patterns, certainPatterns, ignoresCase, isText, automata: new Map(), id: count++ };
    if (tests.size >= MOST_TESTS) tests.clear();
    tests.set(key, test);
  }
  return test;
}

/** Equal tests are one object, so that they share their automata. */
const tests = new Map<string, StringTest>();
const MOST_TESTS = 5_000;
let count = 0;

function keyOf({ tokens, literal }: Pattern): string {
  if (literal !== undefined) return `=${literal}`;
  return tokens.map((token) => ("code" in token ? token.code : `${token.kind}${token.of}`)).join();
}

/** One condition of a system: the text matches, or it does not. */
export interface StringCondition {
  readonly test: StringTest;
  readonly inverted: boolean;
}

function automatonOf(test: StringTest, reading: Reading): Automaton {
  let automaton = test.automata.get(reading);
  if (automaton === undefined) {
    automaton = new Automaton({
      patterns: reading === "must" ? test.certainPatterns : test.patterns,
      reading,
      ignoresCase: test.ignoresCase,
      isText: test.isText,
    });
    test.automata.set(reading, automaton);
  }
  return automaton;
}

/** Whether a text, which may hold placeholders, meets the condition at the bound. */
export function meetsString({ test, inverted }: StringCondition, parts: readonly TextPart[], bound: Bound): boolean {
  const isUpper = bound === "upper";
  return automatonOf(test, isUpper === inverted ? "must" : "may").matches(codesOf(parts)) !== inverted;
}

/** The shortest text that meets all conditions at the bound, as codes; undefined where there is none. */
export function shortestText(conditions: readonly StringCondition[], bound: Bound, budget: Budget): readonly number[] | undefined {
  const long = conditions.find(({ test, inverted }) => !inverted && isLongUnion(test));
  if (long === undefined) return textOfSystem(conditions, bound, budget);
  let shortest: readonly number[] | undefined;
  for (const pattern of long.test.patterns) {
    const part = { test: stringTest([pattern], { ignoresCase: long.test.ignoresCase, isText: long.test.isText }), inverted: false };
    const text = shortestText(
      conditions.map((condition) => (condition === long ? part : condition)),
      bound,
      budget,
    );
    if (text !== undefined && (shortest === undefined || text.length < shortest.length)) shortest = text;
  }
  return shortest;
}

/**
 * The states of an automaton for a union of patterns with wildcards grow with every pattern by a factor. Beyond this number, each pattern is
 * searched by itself.
 */
const MOST_PATTERNS_AT_ONCE = 8;

function isLongUnion({ patterns, certainPatterns }: StringTest): boolean {
  return patterns.length > MOST_PATTERNS_AT_ONCE && certainPatterns === patterns && patterns.some(({ literal }) => literal === undefined);
}

function textOfSystem(conditions: readonly StringCondition[], bound: Bound, budget: Budget): readonly number[] | undefined {
  const anchor = bound === "upper" ? anchorOf(conditions) : undefined;
  const readings = conditions.map((condition): Reading => {
    if (condition === anchor) return "anchor";
    return (bound === "upper") === condition.inverted ? "must" : "may";
  });
  const automata = conditions.map(({ test }, index) => automatonOf(test, readings[index]!));
  const system: System = { conditions, automata, budget };
  const candidates = finiteCandidates(conditions, bound);
  if (candidates !== undefined) return candidates.find((codes) => meetsAll(system, codes));
  const symbolsOf = bound === "upper" ? (anchor === undefined ? [] : [anchor]) : conditions.filter(({ inverted }) => !inverted);
  const symbols = symbolsOf.flatMap(({ test }) => [...plainPlaceholders(test)]);
  return search(system, alphabet(conditions, symbols));
}

interface System {
  readonly conditions: readonly StringCondition[];
  readonly automata: readonly Automaton[];
  readonly budget: Budget;
}

/**
 * The one condition whose placeholders stand for themselves. The text that meets it contains them, and the other conditions only ask
 * whether it may match. This finds every text that meets all conditions for some values of the placeholders.
 */
function anchorOf(conditions: readonly StringCondition[]): StringCondition | undefined {
  let best: StringCondition | undefined;
  let most = 0;
  for (const condition of conditions) {
    if (condition.inverted) continue;
    const count = plainPlaceholders(condition.test).size;
    // A pattern of a policy is narrower than one of the question.
    const rank = count === 0 ? 0 : condition.test.isText ? 1 : 1 + count;
    if (rank > most) [best, most] = [condition, rank];
  }
  return best;
}

function plainPlaceholders({ patterns, isText }: StringTest): Set<number> {
  return new Set(
    patterns.flatMap(({ tokens }) =>
      tokens.flatMap((token) => (token.kind === "placeholder" && (isText || token.placeholder.isPlain) ? [token.code] : [])),
    ),
  );
}

/** The texts of a test that only a few texts match. They need no search, because no other text meets all conditions. */
export function finiteCandidates(conditions: readonly StringCondition[], bound: Bound): readonly (readonly number[])[] | undefined {
  let fewest: readonly Pattern[] | undefined;
  for (const { test, inverted } of conditions) {
    if (inverted || test.ignoresCase) continue;
    const patterns = bound === "upper" ? test.patterns : test.certainPatterns;
    if (patterns.every(({ literal }) => literal !== undefined) && (fewest === undefined || patterns.length < fewest.length))
      fewest = patterns;
  }
  if (fewest === undefined) return undefined;
  // Only the search finds a text that placeholders of another test can stand for.
  if (conditions.some(({ test, inverted }) => !inverted && test.patterns.some(hasPlaceholder)) && bound === "upper") return undefined;
  return [...fewest].sort((a, b) => a.tokens.length - b.tokens.length).map(({ literal }) => codesOf([literal!]));
}

function meetsAll({ conditions, automata, budget }: System, codes: readonly number[]): boolean {
  budget.spendSteps(1);
  return automata.every((automaton, index) => automaton.matches(codes) !== conditions[index]!.inverted);
}

function alphabet(conditions: readonly StringCondition[], symbols: readonly number[]): readonly number[] {
  const named = new Set<number>(symbols);
  for (const { test } of conditions)
    for (const { tokens } of [...test.patterns, ...test.certainPatterns])
      for (const token of tokens) if (token.kind === "character") named.add(token.code);
  return alphabetOf(named, { ignoresCase: conditions.some(({ test }) => test.ignoresCase) });
}

interface Node {
  readonly states: readonly number[];
  readonly parent?: Node;
  readonly code?: number;
}

function search({ conditions, automata, budget }: System, codes: readonly number[]): readonly number[] | undefined {
  const accepts = (states: readonly number[]) =>
    states.every((state, index) => automata[index]!.accepts(state) !== conditions[index]!.inverted);
  const isHopeless = (states: readonly number[]) =>
    states.some((state, index) => !conditions[index]!.inverted && automata[index]!.isDead(state));
  // If one of the tests has few transitions, only those are tried, and placeholders, which can stand for any text.
  const symbols = codes.filter((code) => placeholderOfCode(code) !== undefined);
  const viableCodes = (states: readonly number[]): Iterable<number> => {
    let fewest: ReadonlySet<number> | undefined;
    for (const [index, state] of states.entries()) {
      if (conditions[index]!.inverted || conditions[index]!.test.ignoresCase) continue;
      const viable = automata[index]!.viable(state);
      if (viable !== null && (fewest === undefined || viable.size < fewest.size)) fewest = viable;
    }
    if (fewest === undefined) return codes;
    return symbols.length === 0 ? fewest : new Set([...fewest, ...symbols]);
  };
  const start: Node = { states: automata.map((automaton) => automaton.start) };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]!;
    if (accepts(node.states)) return wordOf(node);
    for (const code of viableCodes(node.states)) {
      if (placeholderOfCode(code) !== undefined && !symbols.includes(code)) continue;
      budget.spendSteps(1);
      const states = node.states.map((state, index) => automata[index]!.step(state, code, budget));
      if (isHopeless(states)) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, parent: node, code });
    }
  }
  return undefined;
}

function wordOf(node: Node): number[] {
  const word: number[] = [];
  for (let at: Node | undefined = node; at?.code !== undefined; at = at.parent) word.push(at.code);
  return word.reverse();
}

export { textOfCodes };
