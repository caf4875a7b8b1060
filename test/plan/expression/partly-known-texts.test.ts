/** What a function makes of a text that is partly unknown holds for every text that the unknown parts may stand for. */
import { expect, test } from "vitest";
import { callFunction } from "../../../lib/plan/functions/call-function";
import { isUnknown, replaceUnknown, splitAtUnknown, unknownText } from "../../../lib/unknown";

const LITERALS = ["", "a", "Acme-", "-logs", "LOGS", "ab", "ba", "Straße"];
const FILLERS = ["", "a", "b", "Acme-", "-logs", "ab", "ß", "X"];
const UNKNOWN = unknownText("var.x");
const TEXTS = LITERALS.flatMap((start) => LITERALS.flatMap((end) => [`${start}${UNKNOWN}${end}`, `${UNKNOWN}${start}${UNKNOWN}${end}`]));

/** The value with the filler in the place of `var.x`. */
function filled(value: unknown, filler: string): unknown {
  if (typeof value !== "string") return value;
  return replaceUnknown(value, (source) => {
    const [, name] = /^(lower|upper)\(var\.x\)$/.exec(source) ?? [];
    return name === undefined ? filler : String(callFunction(name, [filler]));
  });
}

test.each(["lower", "upper"])("%s", (name) => {
  for (const text of TEXTS) {
    const result = callFunction(name, [text]);
    if (isUnknown(text)) expect(result).toBeUndefined();
    else for (const filler of FILLERS) expect(filled(result, filler)).toBe(callFunction(name, [filled(text, filler)]));
  }
});

test.each(["startswith", "endswith", "trimprefix", "trimsuffix"])("%s", (name) => {
  let decided = 0;
  for (const text of TEXTS) {
    for (const end of LITERALS) {
      const result = callFunction(name, [text, end]);
      if (result === undefined) continue;
      decided++;
      for (const filler of FILLERS) expect(filled(result, filler)).toBe(callFunction(name, [filled(text, filler), end]));
    }
    expect(callFunction(name, ["Acme-", text])).toBeUndefined();
  }
  expect(decided).toBeGreaterThan(300);
});

test("the known beginning and end decide what is cut", () => {
  expect(callFunction("trimprefix", [`acme-${UNKNOWN}`, "acme-"])).toBe(UNKNOWN);
  expect(callFunction("trimprefix", [`acme-${UNKNOWN}`, "acme-logs"])).toBeUndefined();
  expect(callFunction("trimprefix", [`acme-${UNKNOWN}`, "logs"])).toBe(`acme-${UNKNOWN}`);
  expect(callFunction("trimsuffix", [`acme-${UNKNOWN}/*`, "/*"])).toBe(`acme-${UNKNOWN}`);
  expect(splitAtUnknown(String(callFunction("lower", [`Acme-${UNKNOWN}`])))).toEqual(["acme-", unknownText("lower(var.x)"), ""]);
});
