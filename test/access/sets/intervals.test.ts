import { describe, expect, it } from "vitest";
import {
  absent,
  Budget,
  type Literal,
  negate,
  patternOf,
  positive,
  present,
  rangeTest,
  readAddresses,
  readDate,
  readNumber,
  Space,
  stringTest,
  textOfCodes,
} from "../../../lib/access/sets";

const space = new Space((attribute) => ({
  hasSeveralValues: false,
  sort: attribute === "aws:sourceip" ? "address" : "number",
  isDoubtful: false,
}));

function firstValue(...literals: Literal[]): string | undefined {
  const found = space.value(literals, "upper", new Budget());
  return found === undefined ? undefined : found.map(textOfCodes).join() || "absent";
}

const from = (...ranges: string[]) =>
  positive(
    "aws:sourceip",
    rangeTest(
      "address",
      ranges.map((range) => readAddresses(range)!),
    ),
  );

describe("addresses", () => {
  it("of a range less a narrower one begin behind it", () => {
    expect(firstValue(from("203.0.113.0/24"), negate(from("203.0.113.0/25")), negate(absent("aws:sourceip")))).toBe("203.0.113.128");
  });

  it("of a range less its two halves are none", () => {
    expect(firstValue(from("10.0.0.0/8"), negate(from("10.0.0.0/9")), negate(from("10.128.0.0/9")))).toBeUndefined();
  });

  it("of the two versions have none in common", () => {
    expect(firstValue(from("::/0"), from("0.0.0.0/0"))).toBeUndefined();
    expect(firstValue(from("2001:db8::/32"))).toBe("2001:db8:0:0:0:0:0:0");
  });

  it.each(["1.2.3", "1.2.3.256", "1.2.3.4/33", "::1/129", "1::2::3", "x"])("fails to read %s", (text) => {
    expect(readAddresses(text)).toBeUndefined();
  });
});

describe("a key whose values are of one sort", () => {
  it.each<[string, string]>([
    ["aws:sourceip", "0.0.0.0"],
    ["s3:max-keys", "0"],
  ])("has such a value also where only its presence is asked for: %s", (key, value) => {
    expect(firstValue(present(key))).toBe(value);
  });

  it("has a value that is such a one where its text is compared", () => {
    const notZero = positive("s3:max-keys", stringTest([patternOf(["0"], { wildcards: false })]));

    expect(Number(firstValue(present("s3:max-keys"), negate(notZero)))).not.toBeNaN();
  });
});

describe("numbers and dates", () => {
  it("between two bounds is one that both admit", () => {
    const less = positive(
      "s3:max-keys",
      rangeTest("number", [{ from: { value: Number.NEGATIVE_INFINITY, after: false }, to: { value: 10, after: false } }]),
    );
    const more = positive(
      "s3:max-keys",
      rangeTest("number", [{ from: { value: 9, after: true }, to: { value: Number.POSITIVE_INFINITY, after: true } }]),
    );

    expect(firstValue(less, more)).toBe("9.5");
    expect(firstValue(negate(less), negate(more))).toBe("absent");
  });

  it("reads what AWS documents, and nothing else", () => {
    expect(readNumber("1.2")).toBe(1.2);
    expect(readNumber("1,2")).toBeUndefined();
    expect(readDate("2025-02-28T12:00:00Z")).toBe(Date.UTC(2025, 1, 28, 12));
    expect(readDate("1767225600")).toBe(Date.UTC(2026, 0, 1));
    expect(readDate("2025-02-30")).toBeUndefined();
  });
});
