/** A policy that IAM refuses is not in force, so nothing is proved by it. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { readConfiguration } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { type Plan, planOf, policyOf, setPolicy } from "../mutants/plans";

type Role = "trust" | "role" | "bucket";

function resultsOf(which: Role, change: (statements: Plan[]) => void) {
  const plan = planOf("kandji");
  const policy = policyOf(plan, which);
  change(policy.Statement);
  setPolicy(plan, which, policy);
  const model = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const contracts = contractsIn(model).map(({ contract }) => contract);
  return prove(contracts[0]!, model, { contracts }).map(({ outcome, cause }) => ({ outcome, cause }));
}

describe.each(["trust", "role"] as const)("nothing is proved by a %s policy", (which) => {
  test.each<[string, (statements: Plan[]) => void, string]>([
    ["whose Sid has a hyphen", ([first]) => Object.assign(first, { Sid: "allow-vendor" }), "because of the Sid"],
    ["two of whose statements have one Sid", (all) => all.push({ ...all[0] }), "because of the Sid"],
    ["that has a character outside Latin-1", ([first]) => Object.assign(first, { Sid: "Allow\u2013Vendor" }), "because it contains"],
    ["whose effect has a lower-case letter", ([first]) => Object.assign(first, { Effect: "allow" }), "Effect"],
  ])("%s", (_, change, cause) => {
    const results = resultsOf(which, (statements) => {
      for (const [index, statement] of statements.entries()) statement.Sid ??= `Statement${index}`;
      change(statements);
    });

    expect(results.map(({ outcome }) => outcome)).toEqual(["unknown"]);
    expect(results[0]!.cause).toContain(cause);
  });

  test("but by one whose Sids have letters and digits", () => {
    const results = resultsOf(which, ([first]) => Object.assign(first, { Sid: "AllowVendor2" }));

    expect(results.every(({ outcome }) => outcome === "pass")).toBe(true);
  });
});

test("Amazon S3 accepts any Sid in a bucket policy", () => {
  expect(resultsOf("bucket", ([first]) => Object.assign(first, { Sid: "only tls" })).every(({ outcome }) => outcome === "pass")).toBe(true);
});
