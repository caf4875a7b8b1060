/**
 * The characters that matter to some patterns: those that a pattern names, and one of each class of other characters that the patterns
 * distinguish.
 */
import { lowerCode } from "./automaton";
import { CLASSES, placeholderOfCode } from "./pattern";

/**
 * Readable characters first. The last two stand for characters that nobody types. Zero comes late, because no account ID consists of zeros.
 */
const CANDIDATES = Array.from(
  "xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW9876543210-_.=,@+/: !~é☃",
  (character) => character.codePointAt(0)!,
);

const PREDICATES = Object.values(CLASSES);

export interface AlphabetOptions {
  /** Whether one of the patterns ignores the case of letters. */
  readonly ignoresCase: boolean;
}

/**
 * Codes in the order in which they are tried.
 *
 * No pattern distinguishes two characters that no pattern names and that belong to the same classes, so one of them is enough.
 */
export function alphabetOf(named: Iterable<number>, { ignoresCase }: AlphabetOptions): readonly number[] {
  const codes = new Set(named);
  if (ignoresCase) for (const code of [...codes]) for (const other of bothCases(code)) codes.add(other);
  const sorts = new Map<string, number>();
  for (const code of CANDIDATES) {
    if (codes.has(code)) continue;
    const sort = PREDICATES.map((holds) => (holds(code) ? 1 : 0)).join("");
    if (!sorts.has(sort)) sorts.set(sort, code);
  }
  const fresh = new Set(sorts.values());
  // Fallbacks for classes whose readable characters all have a pattern that names them.
  for (let code = 0x4e00; code < 0x4e00 + codes.size + 1 && ![...fresh].some((one) => one > 0x7f); code++)
    if (!codes.has(code)) fresh.add(code);
  const rank = (code: number) =>
    placeholderOfCode(code) !== undefined ? -2 : fresh.has(code) && CLASSES.name(code) ? -1 : codes.has(code) ? 0 : 1;
  return [...codes, ...fresh].sort((a, b) => rank(a) - rank(b) || Number(a === 0x30) - Number(b === 0x30));
}

function bothCases(code: number): number[] {
  if (placeholderOfCode(code) !== undefined) return [];
  const upper = String.fromCodePoint(lowerCode(code)).toUpperCase();
  return [...upper].length === 1 ? [lowerCode(code), upper.codePointAt(0)!] : [lowerCode(code)];
}
