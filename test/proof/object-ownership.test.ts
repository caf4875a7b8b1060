/** What Object Ownership adds to the policies of the bucket. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { PROOF_IDS, type Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { type Example, planOf } from "../mutants/plans";

/** The proof about the vendor, with Object Ownership as the bucket has it and as the contract chooses it. */
function proofOf(example: Example, ofBucket: string, ofContract: readonly string[] | undefined): Result {
  const read = readConfiguration(planOf(example), "cdk.tf.json");
  const model = { ...read, parts: [], buckets: read.buckets.map((bucket) => ({ ...bucket, objectOwnership: ofBucket })) };
  const { contract } = contractsIn(model)[0]!;
  const others = contract.posture.filter(({ property }) => property !== "objectOwnership");
  const chosen = { id: "object-ownership", title: "", property: "objectOwnership", why: "" };
  const posture = ofContract === undefined ? others : [...others, { ...chosen, oneOf: ofContract }];
  return prove({ ...contract, posture }, model).find(({ id }) => id === PROOF_IDS.nothingElse)!;
}

const PLAIN = "the vendor can do nothing beyond its grant, and nothing over plain HTTP";

describe("a vendor that writes from its own account", () => {
  test("keeps the rights of an owner where the contract chooses ObjectWriter, and the sentence says so", () => {
    expect(proofOf("sixsense", "ObjectWriter", ["ObjectWriter"])).toMatchObject({
      title:
        "the vendor can do nothing beyond its grant and its rights as the owner of the objects that it writes, and nothing over plain HTTP",
      outcome: "pass",
      evidence: "proved",
    });
  });

  test.each([
    ["the contract chooses another", ["BucketOwnerPreferred"]],
    ["the contract permits others", ["BucketOwnerPreferred", "ObjectWriter"]],
    ["the contract does not choose", undefined],
  ])("leaves the proof open where the bucket has ObjectWriter and %s", (_, chosen) => {
    const { title, outcome, cause } = proofOf("sixsense", "ObjectWriter", chosen);

    expect({ title, outcome }).toEqual({ title: PLAIN, outcome: "unknown" });
    expect(cause).toContain("they may belong to the vendor's account");
  });

  test.each(["BucketOwnerPreferred", "BucketOwnerEnforced"])("owns nothing under %s", (ownership) => {
    expect(proofOf("sixsense", ownership, [ownership])).toMatchObject({ title: PLAIN, outcome: "pass" });
  });
});

test("a vendor that assumes a role of the bucket's account never owns objects", () => {
  expect(proofOf("kandji", "ObjectWriter", ["ObjectWriter"])).toMatchObject({ title: PLAIN, outcome: "pass" });
});
