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

  test("that lack the grants of one statement are one item, whose remedy names every action", () => {
    const missing = ["s3:PutObject", "s3:ListBucket"].map((action) =>
      result(action, { cause: "no Allow applies", remedy: `allow ${action}` }),
    );

    expect(groupResults(missing).map(({ remedy, cause }) => [remedy, cause])).toEqual([
      ["allow s3:PutObject, s3:ListBucket", "no Allow applies"],
    ]);
    expect(groupResults([...missing, result("c", { cause: "a Deny applies", remedy: "allow s3:GetObject" })])).toHaveLength(2);
  });

  test("that must be allowed and are denied by something else are one item, whatever allows them", () => {
    const allowed = [0, 1].map((index) =>
      result(String(index), {
        expected: "allowed",
        remedy: "ask for the SCP",
        deciding: [{ policy: "identity", index, effect: "Allow" }],
      }),
    );
    const denied = result("2", {
      expected: "allowed",
      remedy: "ask for the SCP",
      deciding: [{ policy: "identity", index: 2, effect: "Deny" }],
    });

    expect(groupResults([...allowed, denied]).map(({ results }) => results.length)).toEqual([2, 1]);
  });

  test("that are not known for one reason are one item, whatever was expected", () => {
    const remedy = "grant the deployer s3:GetBucketPolicy";
    const unknown = [result("a", { expected: "allowed" }), result("b", { expected: "denied" })].map((one) => ({
      ...one,
      outcome: "unknown" as const,
      remedy,
    }));

    expect(shown(unknown).map(([ids]) => ids)).toEqual(["a b"]);
    expect(groupResults(unknown)[0]).not.toHaveProperty("expected");
    expect(groupResults([unknown[0]!])[0]).toHaveProperty("expected", "allowed");
  });

  test("keep their notes, each once, of many the first two", () => {
    const notes = ["one", "one", "two", "three"].map((note, index) => ({ ...result(String(index), { remedy: "x" }), note }));

    expect(groupResults(notes).map(({ note }) => note)).toEqual(["one; two; and 1 more"]);
  });

  test("that pass stand alone, after failures and what is not known", () => {
    const results = [result("a", { outcome: "pass" }), result("b", { outcome: "unknown" }), result("c"), result("d", { outcome: "pass" })];

    expect(shown(results).map(([ids]) => ids)).toEqual(["c", "b", "a", "d"]);
    expect(worstFirst(results).map(({ id }) => id)).toEqual(["c", "b", "a", "d"]);
  });
});
