/**
 * Regular expressions as Terraform knows them (RE2), written for JavaScript.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
import { fail } from "./arguments";

/** A pattern, or the reason why there is none: RE2 refuses it, or its meaning in JavaScript may differ. */
type Compiled = RegExp | "invalid" | "unknown";

const compiled = new Map<string, Compiled>();
const MOST_PATTERNS = 1_000;
/** JavaScript tries all ways to match, and their number grows with each repetition. */
const MOST_WORK = 20_000_000;

const CLASS_ESCAPES = "dDwW";
const LETTERS = "tnrf";
const NAMED_CLASSES: ReadonlyMap<string, string> = new Map([
  ["alnum", "0-9A-Za-z"],
  ["alpha", "A-Za-z"],
  ["digit", "0-9"],
  ["lower", "a-z"],
  ["upper", "A-Z"],
  ["space", "\\t\\n\\x0b\\f\\r "],
  ["punct", "!-\\x2f:-@\\x5b-`\\x7b-~"],
  ["word", "0-9A-Za-z_"],
  ["xdigit", "0-9A-Fa-f"],
]);

/** The pattern for JavaScript, which matches what RE2 matches. */
function compile(source: string): Compiled {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size > MOST_PATTERNS) compiled.clear();
  const result = new Translation(source).compile();
  compiled.set(source, result);
  return result;
}

/** Translates the common part of both dialects. */
class Translation {
  private at = 0;
  private output = "";
  private flags = "gu";
  /** For each open group, whether it holds a repetition or a choice. */
  private readonly groups: boolean[] = [];
  /** Where the last group ended, and whether it held a repetition or a choice. */
  private closed: { readonly at: number; readonly isComplex: boolean } | undefined;

  public constructor(private readonly source: string) {}

  public compile(): Compiled {
    const inline = /^\(\?([is]+)\)/.exec(this.source);
    if (inline !== null) {
      this.flags += inline[1]!.includes("i") ? "i" : "";
      this.at = inline[0].length;
    }
    const dotMatchesAll = inline?.[1]?.includes("s") === true;
    // Letters of other scripts have rules of their own for upper and lower case.
    if (!/^[\x20-\x7e\t\n]*$/.test(this.source)) return "unknown";
    while (this.at < this.source.length) {
      if (!this.next(dotMatchesAll)) return "unknown";
    }
    try {
      return new RegExp(this.output, this.flags);
    } catch {
      return "invalid";
    }
  }

  private next(dotMatchesAll: boolean): boolean {
    const character = this.source[this.at]!;
    if (character === "\\") return this.escape(false);
    if (character === "[") return this.characterClass();
    if (character === "(") return this.open();
    if (character === ")") return this.close();
    if ("*+?{".includes(character)) return this.repetition();
    if (character === "|") this.markComplex();
    // Both are literals to RE2 where they open nothing.
    if (character === "}" || character === "]") return this.write(`\\${character}`, 1);
    return this.write(character === "." ? (dotMatchesAll ? "[^]" : "[^\\n]") : character, 1);
  }

  private write(text: string, consumed: number): true {
    this.output += text;
    this.at += consumed;
    return true;
  }

  private markComplex(): void {
    for (let index = 0; index < this.groups.length; index++) this.groups[index] = true;
  }

  private escape(inClass: boolean): boolean {
    const letter = this.source[this.at + 1] ?? "";
    if (CLASS_ESCAPES.includes(letter) && letter !== "") return this.write(`\\${letter}`, 2);
    if (letter === "s") return this.write(inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]", 2);
    if (letter === "S" && !inClass) return this.write("[^\\t\\n\\f\\r ]", 2);
    if (letter !== "" && LETTERS.includes(letter)) return this.write(`\\${letter}`, 2);
    if ((letter === "b" || letter === "B") && !inClass) return this.write(`\\${letter}`, 2);
    if (letter === "A" && !inClass) return this.write("^", 2);
    if (letter === "z" && !inClass) return this.write("$", 2);
    if (/[^\w\s]/.test(letter)) return this.write(`\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`, 2);
    return false;
  }

  private characterClass(): boolean {
    this.write("[", 1);
    if (this.source[this.at] === "^") this.write("^", 1);
    for (let isFirst = true; ; isFirst = false) {
      const character = this.source[this.at];
      if (character === undefined) return false;
      if (character === "]" && !isFirst) return this.write("]", 1);
      const named = /^\[:(\w+):\]/.exec(this.source.slice(this.at, this.at + 12));
      if (named !== null) {
        const members = NAMED_CLASSES.get(named[1]!);
        if (members === undefined) return false;
        this.write(members, named[0].length);
      } else if (character === "\\") {
        if (!this.escape(true)) return false;
      } else {
        this.write("[]&|~^(){}/".includes(character) ? `\\x${character.charCodeAt(0).toString(16)}` : character, 1);
      }
    }
  }

  private open(): boolean {
    const opening = /^\((?:\?:|\?P?<[A-Za-z_]\w*>)?/.exec(this.source.slice(this.at))![0];
    if (opening === "(" && this.source[this.at + 1] === "?") return false;
    this.groups.push(false);
    return this.write(opening.replace("?P<", "?<"), opening.length);
  }

  private close(): boolean {
    const isComplex = this.groups.pop() ?? false;
    this.write(")", 1);
    this.closed = { at: this.at, isComplex };
    return true;
  }

  private repetition(): boolean {
    const [text] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.source.slice(this.at)) ?? [];
    if (text === undefined) return this.write("\\{", 1);
    if (/\d{3}/.test(text)) return false;
    const isOptional = text.startsWith("?");
    // A repetition of a repetition or of a choice can take exponential time.
    if (this.closed?.at === this.at && this.closed.isComplex && !isOptional) return false;
    if (!isOptional) this.markComplex();
    this.write(text, text.length);
    return !/^[*+?{]/.test(this.source.slice(this.at)) || this.source[this.at] === "{";
  }
}

/** The pattern for a text; `undefined` where matching could take too long or mean something else. */
function patternFor(source: string, text: string): RegExp | undefined {
  const pattern = compile(source);
  if (pattern === "invalid") return fail("the regular expression is not valid");
  if (pattern === "unknown" || (pattern.flags.includes("i") && !/^[\x00-\x7f]*$/.test(text))) return undefined;
  const repetitions = source.match(/[*+]|\{\d+,/g)?.length ?? 0;
  return text.length ** (repetitions + 1) > MOST_WORK ? undefined : pattern;
}

function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  let end = -1;
  // RE2 skips an empty match directly after another match.
  return [...text.matchAll(pattern)].filter((match) => {
    const isKept = match[0] !== "" || match.index !== end;
    end = match.index + match[0].length;
    return isKept;
  });
}

function resultOf(match: RegExpExecArray): unknown {
  const names = Object.keys(match.groups ?? {});
  if (names.length > 0 && names.length < match.length - 1) return fail("the regular expression has groups with and without names");
  if (names.length > 0) return Object.fromEntries(names.map((name) => [name, match.groups![name] ?? null]));
  return match.length === 1 ? match[0] : match.slice(1).map((group) => group ?? null);
}

export function findFirst(pattern: string, text: string): unknown {
  const compiledPattern = patternFor(pattern, text);
  if (compiledPattern === undefined) return undefined;
  const [first] = matchesOf(compiledPattern, text);
  return first === undefined ? fail("the regular expression does not match") : resultOf(first);
}

export function findAll(pattern: string, text: string): unknown {
  const compiledPattern = patternFor(pattern, text);
  return compiledPattern === undefined ? undefined : matchesOf(compiledPattern, text).map(resultOf);
}

/** Replaces all occurrences. A search text between slashes is a regular expression. */
export function replaceText(text: string, search: string, substitute: string): string | undefined {
  if (search.length > 1 && search.startsWith("/") && search.endsWith("/")) return replacePattern(text, search.slice(1, -1), substitute);
  if (search === "") return ["", ...text, ""].join(substitute);
  return text.replaceAll(search, () => substitute);
}

function replacePattern(text: string, source: string, substitute: string): string | undefined {
  const pattern = patternFor(source, text);
  if (pattern === undefined) return undefined;
  let result = "";
  let at = 0;
  for (const match of matchesOf(pattern, text)) {
    result += text.slice(at, match.index) + expand(substitute, match);
    at = match.index + match[0].length;
  }
  return result + text.slice(at);
}

/** `$1`, `${1}`, `$name` and `$$`. The name is as long as can be, and an unknown one stands for nothing. */
function expand(substitute: string, match: RegExpExecArray): string {
  return substitute.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (sign, plain: string | undefined, braced: string | undefined) => {
    const name = plain ?? braced;
    if (name === undefined) return sign.slice(1);
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? "";
  });
}
