import { describe, expect, it } from "vitest";
import {
  Budget,
  BudgetExceeded,
  meetsString,
  type Placeholder,
  patternOf,
  shortestText,
  stringTest,
  textOfCodes,
} from "../../../lib/access/sets";

/** Numbers that are the same on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function globs(texts: readonly string[], ignoresCase = false) {
  const folded = ignoresCase ? texts.map((text) => text.toLowerCase()) : texts;
  return stringTest(
    folded.map((text) => patternOf([text], { wildcards: true })),
    { ignoresCase },
  );
}

function matches(text: string, pattern: string, ignoresCase: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`, ignoresCase ? "i" : "").test(text);
}

/** All texts over an alphabet, shortest first. */
function* texts(alphabet: string, longest: number): Generator<string> {
  let level = [""];
  for (let length = 0; length <= longest; length++) {
    yield* level;
    level = level.flatMap((text) => [...alphabet].map((character) => text + character));
  }
}

describe("a system of string tests", () => {
  it.each([
    { runs: 1500, mostPatterns: 2, leastOfEach: 100 },
    { runs: 200, mostPatterns: 14, leastOfEach: 10 },
  ])("has the shortest text that brute force finds, on $runs random systems of up to $mostPatterns patterns", (size) => {
    const { runs, mostPatterns, leastOfEach } = size;
    const next = random(7);
    const letters = ["a", "b", "A", "*", "?", "*"];
    const pattern = () => Array.from({ length: next(5) }, () => letters[next(letters.length)]!).join("");
    const counts = { some: 0, none: 0 };

    for (let run = 0; run < runs; run++) {
      const conditions = Array.from({ length: 1 + next(4) }, () => ({
        patterns: Array.from({ length: 1 + next(mostPatterns) }, pattern),
        ignoresCase: next(4) === 0,
        inverted: next(2) === 0,
      }));

      const found = shortestText(
        conditions.map(({ patterns, ignoresCase, inverted }) => ({ test: globs(patterns, ignoresCase), inverted })),
        "upper",
        new Budget(),
      );

      // One letter that no pattern names stands for all others.
      const meets = (text: string) =>
        conditions.every(({ patterns, ignoresCase, inverted }) => patterns.some((one) => matches(text, one, ignoresCase)) !== inverted);
      let expected: string | undefined;
      for (const text of texts("abABx", 4))
        if (meets(text)) {
          expected = text;
          break;
        }
      if (expected !== undefined) expect(found?.length, JSON.stringify(conditions)).toBe(expected.length);
      if (found !== undefined) expect(meets(textOfCodes(found)), JSON.stringify(conditions)).toBe(true);
      counts[found === undefined ? "none" : "some"]++;
    }
    expect(counts.none).toBeGreaterThan(leastOfEach);
    expect(counts.some).toBeGreaterThan(leastOfEach);
  });

  it("tells a text that matches one pattern and not another, and its length is the least", () => {
    const found = shortestText(
      [
        { test: globs(["logs/*"]), inverted: false },
        { test: globs(["logs/a*", "logs/?"]), inverted: true },
      ],
      "upper",
      new Budget(),
    );

    expect(textOfCodes(found!)).toHaveLength("logs/".length);
  });

  it("fails with no guess where it costs more than its budget", () => {
    const test = globs(["*a*b*c*d*e*f*g*"]);

    expect(() => shortestText([{ test, inverted: false }], "upper", new Budget({ steps: 10 }))).toThrow(BudgetExceeded);
  });

  it("counts a step of many patterns as many", () => {
    const many = globs(Array.from({ length: 50 }, (_, index) => `*${index}*`));
    const search = (steps: number) =>
      shortestText(
        [
          { test: many, inverted: true },
          { test: globs(["??"]), inverted: false },
        ],
        "upper",
        new Budget({ steps }),
      );

    expect(() => search(100)).toThrow(BudgetExceeded);
    expect(search(100_000)).toHaveLength(2);
  });

  it("takes a character beyond U+FFFF for one", () => {
    expect(meetsString({ test: globs(["a?"]), inverted: false }, ["a😀"], "upper")).toBe(true);
  });
});

describe("a placeholder", () => {
  const bucket: Placeholder = {
    symbol: "\u0000bucket\u0000",
    source: "bucket",
    isPlain: true,
    mayHold: (character) => !"*?/".includes(character),
  };
  const anything: Placeholder = { symbol: "\u0000x\u0000", source: "x", isPlain: false, mayHold: () => true };
  const test = (parts: (string | Placeholder)[], isText = false) => stringTest([patternOf(parts, { wildcards: true })], { isText });
  const find = (positives: ReturnType<typeof test>[], negatives: ReturnType<typeof test>[], bound: "upper" | "lower") =>
    shortestText(
      [...positives.map((one) => ({ test: one, inverted: false })), ...negatives.map((one) => ({ test: one, inverted: true }))],
      bound,
      new Budget(),
    );

  it("equals itself, whatever it stands for", () => {
    const found = find([test([bucket, "/*"], true), test([bucket, "/a/*"])], [test([bucket, "/a/*"])], "upper");

    expect(found).toBeUndefined();
  });

  it("may be what another text says, and is not so for sure", () => {
    const positives = [test([bucket, "/*"], true), test(["logs/*"])];

    expect(find(positives, [], "upper")).toBeDefined();
    expect(find(positives, [], "lower")).toBeUndefined();
  });

  it("does not stand for what its kind cannot hold", () => {
    expect(find([test([bucket], true), test(["a/b"])], [], "upper")).toBeUndefined();
  });

  it("may be a wildcard where nothing is known about it", () => {
    expect(find([test(["logs/*"], true), test(["logs/", anything])], [test(["logs/", anything])], "upper")).toBeDefined();
  });
});
