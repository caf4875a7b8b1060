import { describe, expect, test } from "vitest";
import { groupResults, worstFirst } from "../../../../cli/report/shared";
import type { Result } from "../../../../lib/contract";

const location = { file: "cdk.tf.json", address: "aws_s3_bucket.logs" };

function result(id: string, change: Partial<Result> = {}): Result {
  return { id, title: id, expected: "true", outcome: "fail", deciding: [], ...change };
}

const shown = (results: readonly Result[]) =>
  groupResults(results).map(({ results: members, cause }) => [members.map(({ id }) => id).join(" "), cause]);

describe("results", () => {
  test("with one remedy at one place are one item, with each cause once", () => {
    const settings = ["a", "b"].map((id) => result(id, { cause: `'${id}' is not set`, remedy: "set it to true", location }));

    expect(shown(settings)).toEqual([["a b", "'a' is not set; 'b' is not set"]]);
  });

  test("without a remedy are one item where their cause is the same, and only there", () => {
    expect(
      shown([result("a", { cause: "no network" }), result("b", { cause: "no network" }), result("c", { cause: "no rights" })]),
    ).toEqual([
      ["a b", "no network"],
      ["c", "no rights"],
    ]);
  });

  test.each<[string, Partial<Result>]>([
    ["outcome", { outcome: "unknown" }],
    ["expected value", { expected: "false" }],
    ["remedy", { remedy: "remove it" }],
    ["place", { location: { file: "cdk.tf.json", address: "aws_s3_bucket.other" } }],
    ["statement", { deciding: [{ policy: "resource", index: 0, effect: "Deny" }] }],
  ])("of another %s stay apart", (_, change) => {
    const base = { cause: "off", remedy: "set it to true", location };

    expect(groupResults([result("a", base), result("b", { ...base, ...change })])).toHaveLength(2);
  });

  test("that pass stand alone, after failures and what is not known", () => {
    const results = [result("a", { outcome: "pass" }), result("b", { outcome: "unknown" }), result("c"), result("d", { outcome: "pass" })];

    expect(shown(results).map(([ids]) => ids)).toEqual(["c", "b", "a", "d"]);
    expect(worstFirst(results).map(({ id }) => id)).toEqual(["c", "b", "a", "d"]);
  });
});
