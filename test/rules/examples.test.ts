/** The examples on the pages of the rules are their tests: each rule finds what its page says it finds, and accepts the rest. */
import { describe, expect, test } from "vitest";
import { RULES } from "../../lib/rules";
import { examplesOf } from "../../scripts/rule-pages";
import { findingsOf } from "./example-account";

/** `sizes.test.ts` has the examples of these, which are long texts. */
const ABOUT_SIZES = ["policy-too-large", "policy-nearly-full"];

describe.each(RULES.map(({ id }) => id).filter((id) => !ABOUT_SIZES.includes(id)))("%s", (id) => {
  const { found, fine } = examplesOf(id) ?? { found: [], fine: [] };

  test("has an example that it finds, and one that it accepts", () => {
    expect(found.length).toBeGreaterThan(0);
    expect(fine.length).toBeGreaterThan(0);
  });

  test.each(found)("fails on: $text", ({ kind, value }) => {
    expect(findingsOf(kind, value).map(({ ruleId }) => ruleId)).toContain(id);
  });

  test.each(fine)("accepts: $text", ({ kind, value }) => {
    expect(findingsOf(kind, value).map(({ ruleId }) => ruleId)).not.toContain(id);
  });
});
