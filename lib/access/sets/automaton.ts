/**
 * Unions of patterns as automata. A state is a set of positions; it is created when it is first reached, and then kept.
 *
 * A text or pattern with placeholders is read in one of three ways:
 * - `may`: a placeholder stands for anything that it can be. What does not match in this reading never matches.
 * - `must`: a placeholder equals only itself. What matches in this reading matches whatever the placeholders stand for.
 * - `anchor`: reads the pattern from which a text is built. Its wildcards stand for known text, and so does a placeholder that may be a
 *   wildcard.
 */
import type { Budget } from "./budget";
import { CLASSES, type Pattern, placeholderOfCode, type Token } from "./pattern";

export type Reading = "may" | "must" | "anchor";

interface State {
  readonly positions: readonly (readonly number[])[];
  readonly accepts: boolean;
  readonly next: Map<number, number>;
  /** The only codes with a transition; `null` if a wildcard accepts more. Computed on first use. */
  viable?: ReadonlySet<number> | null;
}

export interface AutomatonOptions {
  readonly patterns: readonly Pattern[];
  readonly reading: Reading;
  readonly ignoresCase: boolean;
  /** Whether no placeholder is a wildcard. */
  readonly isText: boolean;
}

export class Automaton {
  private readonly states: State[] = [];
  private readonly ids = new Map<string, number>();
  /** The state without transitions, once it was reached. */
  private dead = -1;

  private readonly patterns: readonly Pattern[];
  private readonly reading: Reading;
  private readonly ignoresCase: boolean;
  private readonly isText: boolean;

  public constructor({ patterns, reading, ignoresCase, isText }: AutomatonOptions) {
    this.patterns = patterns;
    this.reading = reading;
    this.ignoresCase = ignoresCase;
    this.isText = isText;
    this.stateOf(patterns.map((pattern) => this.closed(pattern, new Set([0]))));
  }

  public get start(): number {
    return 0;
  }

  public accepts(state: number): boolean {
    return this.states[state]!.accepts;
  }

  /** Whether no text leads from this state to an accepting one. */
  public isDead(state: number): boolean {
    return state === this.dead;
  }

  public step(state: number, code: number, budget?: Budget): number {
    const { next, positions } = this.states[state]!;
    const read = this.ignoresCase ? lowerCode(code) : code;
    let found = next.get(read);
    if (found === undefined) {
      // The cost of a new state grows with the number of patterns.
      budget?.spendSteps(this.patterns.length);
      found = this.stateOf(this.patterns.map((pattern, index) => this.moved(pattern, positions[index]!, read)));
      next.set(read, found);
    }
    return found;
  }

  /** The characters with a transition from a state, if they are few: before literal text, it is one. */
  public viable(state: number): ReadonlySet<number> | null {
    const found = this.states[state]!;
    if (found.viable === undefined) found.viable = this.viableOf(found.positions);
    return found.viable;
  }

  private viableOf(positions: readonly (readonly number[])[]): ReadonlySet<number> | null {
    const codes = new Set<number>();
    for (const [index, list] of positions.entries())
      for (const position of list) {
        const token = this.patterns[index]!.tokens[position];
        if (token === undefined) continue;
        if (token.kind !== "character" && (token.kind !== "placeholder" || this.isOpen(token))) return null;
        codes.add(token.code);
      }
    return codes;
  }

  public matches(codes: readonly number[]): boolean {
    let state = this.start;
    for (const code of codes) {
      state = this.step(state, code);
      if (this.isDead(state)) return false;
    }
    return this.accepts(state);
  }

  private stateOf(positions: readonly (readonly number[])[]): number {
    const key = positions.map((list) => list.join(",")).join("|");
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.states.length;
      this.ids.set(key, id);
      const accepts = positions.some((list, index) => list.at(-1) === this.patterns[index]!.tokens.length);
      this.states.push({ positions, accepts, next: new Map() });
      if (positions.every((list) => list.length === 0)) this.dead = id;
    }
    return id;
  }

  /** The positions after one more character or placeholder of the text. */
  private moved(pattern: Pattern, from: readonly number[], code: number): readonly number[] {
    const to = new Set<number>();
    const symbol = placeholderOfCode(code);
    for (const position of from) {
      if (symbol !== undefined && this.reading === "may") {
        const last = lastContained(pattern, position, symbol.mayHold);
        for (let at = position; at <= last; at++) to.add(at);
      }
      const token = pattern.tokens[position];
      if (token === undefined) continue;
      if (token.kind === "many" && this.takes(token, code)) to.add(position);
      else if (token.kind === "one" && symbol === undefined && CLASSES[token.of](code)) to.add(position + 1);
      else if (token.kind === "character" && token.code === code) to.add(position + 1);
      else if (token.kind === "placeholder") this.throughPlaceholder({ token, position, code }, to);
    }
    return to.size === 0 ? [] : this.closed(pattern, to);
  }

  private takes(token: Token & { readonly kind: "many" }, code: number): boolean {
    const symbol = placeholderOfCode(code);
    if (symbol === undefined) return CLASSES[token.of](code);
    if (this.reading === "anchor") return false;
    if (token.of === "any" || this.reading === "may") return true;
    return token.of === "notColon" ? !symbol.mayHold(":") : token.of === "notSlash" && !symbol.mayHold("/");
  }

  private throughPlaceholder(
    { token, position, code }: { token: Token & { readonly kind: "placeholder" }; position: number; code: number },
    to: Set<number>,
  ): void {
    if (token.code === code) to.add(position + 1);
    if (!this.isOpen(token)) return;
    const isSymbol = placeholderOfCode(code) !== undefined;
    if (isSymbol ? this.reading === "may" : token.placeholder.mayHold(String.fromCodePoint(code))) to.add(position);
  }

  /** Whether a placeholder of the pattern stands for anything that it can be. */
  private isOpen(token: Token): boolean {
    if (token.kind !== "placeholder" || this.reading === "must") return false;
    return this.reading === "may" || (!this.isText && !token.placeholder.isPlain);
  }

  /** The positions and those that can be reached without a character, in order. */
  private closed({ tokens }: Pattern, positions: Set<number>): readonly number[] {
    for (const position of positions) {
      const token = tokens[position];
      if (token !== undefined && (token.kind === "many" || this.isOpen(token))) positions.add(position + 1);
    }
    return [...positions].sort((a, b) => a - b);
  }
}

/** The last position that a placeholder of the text may reach from a position, if its value contains the pattern up to there. */
function lastContained({ tokens }: Pattern, position: number, mayHold: (character: string) => boolean): number {
  for (let at = position; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === "character" && !mayHold(String.fromCodePoint(token.code))) return at;
  }
  return tokens.length;
}

/** The code of the same letter in lower case. */
export function lowerCode(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
  if (placeholderOfCode(code) !== undefined) return code;
  const lower = String.fromCodePoint(code).toLowerCase();
  return [...lower].length === 1 ? lower.codePointAt(0)! : code;
}
