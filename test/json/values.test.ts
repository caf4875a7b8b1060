import { expect, it } from "vitest";
import { isDeeperThan, isObject, ownValue, parseJson, setOwnValue, valueAt } from "../../lib/json";

it("an object is neither a list nor null", () => {
  expect([{}, Object.create(null)].map(isObject)).toEqual([true, true]);
  expect([[], null, undefined, "x", 7].map(isObject)).toEqual(Array(5).fill(false));
});

it("values come from own properties and positions only", () => {
  expect(valueAt({ a: [{ b: 1 }] }, "a", 0, "b")).toBe(1);
  expect(valueAt({ a: [] }, "a", 0, "b")).toBeUndefined();
  expect([ownValue({}, "toString"), ownValue([1], "0"), ownValue("text", "length")]).toEqual([undefined, undefined, undefined]);
});

it("a property may be called __proto__", () => {
  const target: Record<string, unknown> = {};
  setOwnValue(target, "__proto__", 1);

  expect(ownValue(target, "__proto__")).toBe(1);
});

it("nesting is counted to its limit", () => {
  expect(isDeeperThan([[1]], 2)).toBe(false);
  expect(isDeeperThan([[[]]], 2)).toBe(true);
});

it("parsed input holds no U+0000, in values or names", () => {
  expect(parseJson('{"\\u0000a": "\\u0000b\\u0000"}')).toEqual({ "\ufffda": "\ufffdb\ufffd" });
});
