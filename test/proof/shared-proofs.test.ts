/** Equal questions share one answer only where names are nothing but names. */
import { describe, expect, test, vi } from "vitest";
import { sharedAnswer } from "../../lib/proof/shared-proofs";

const names = (bucket: string, role = "vendor-role-7f", externalIds: readonly string[] = []) => ({ bucket, role, externalIds });
const factsOf = (bucket: string, more: object = {}) => ({
  arn: `arn:aws:s3:::${bucket}`,
  objects: [`arn:aws:s3:::${bucket}/in/*`],
  ...more,
});

/** What the prover is asked in truth. */
function asked(facts: object, given: Parameters<typeof sharedAnswer>[1]): string {
  const answer = vi.fn((shared: object) => ({ text: JSON.stringify(shared) }));
  const { text } = sharedAnswer(facts, given, answer);
  expect(text, "the answer has the real names").toBe(JSON.stringify(facts));
  return answer.mock.calls.length === 0 ? "shared" : JSON.stringify(answer.mock.calls[0]![0]);
}

test("destinations that differ in names are asked about once", () => {
  expect(asked(factsOf("logs-a"), names("logs-a"))).toContain("arn:aws:s3:::stand-in-for-the-bucket/in/*");
  expect(asked(factsOf("logs-b"), names("logs-b"))).toBe("shared");
});

describe("names stay", () => {
  test.each([
    ["a bucket is named as a service", factsOf("iam", { role: "arn:aws:iam::111122223333:role/x" }), names("iam")],
    ["an external ID is a word of policies", factsOf("logs-c", { Effect: "Allow" }), names("logs-c", "vendor-role-7f", ["Allow"])],
    ["an external ID is an account", factsOf("logs-d", { id: "111122223333" }), names("logs-d", "vendor-role-7f", ["111122223333"])],
    ["an external ID is the name of a member", factsOf("logs-e", { other_1: 1 }), names("logs-e", "vendor-role-7f", ["other_1"])],
    ["a wildcard may match a part of a name", factsOf("logs-f", { also: "arn:aws:s3:::logs*" }), names("logs-f")],
    ["the name of the bucket is a part of another", factsOf("logs-g", { also: "arn:aws:s3:::logs-g2/x" }), names("logs-g")],
    ["a variable stands in a policy", factsOf("logs-h", { also: "${aws:username}" }), names("logs-h")],
  ])("where %s", (_, facts, given) => {
    expect(asked(facts, given)).toBe(JSON.stringify(facts));
  });
});
