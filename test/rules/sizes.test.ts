import { describe, expect, test } from "vitest";
import { applyRules } from "../../lib/rules";
import { unknownText } from "../../lib/unknown";
import { bucket, contract, model, policy, role } from "./example-account";

/** A statement with a Sid that makes the policy's text as long as asked. */
function statementOf(length: number, statement: object): object {
  const empty = policy({ Sid: "", ...statement }, "").text!.length;
  return { Sid: "x".repeat(length - empty), ...statement };
}

const PUT = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/*" };
const TRUST = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:role/vendor" }, Action: "sts:AssumeRole" };

const PLACES = [
  {
    name: "the bucket policy",
    limit: 20_480,
    judge: (length: number) =>
      applyRules(model({ buckets: [bucket({ policies: [policy(statementOf(length, { ...TRUST, ...PUT }), "p")] })] }), [
        contract("bucketPolicy"),
      ]),
  },
  {
    name: "the trust policy",
    limit: 2_048,
    judge: (length: number) =>
      applyRules(model({ buckets: [bucket()], roles: [role({ trustPolicy: policy(statementOf(length, TRUST), "p") })] }), [
        contract("assumedRole"),
      ]),
  },
  {
    name: "the inline policies together",
    limit: 10_240,
    judge: (length: number) => {
      const half = Math.floor(length / 2);
      const inlinePolicies = [policy(statementOf(half, PUT), "one"), policy(statementOf(length - half, PUT), "two")];
      return applyRules(model({ buckets: [bucket()], roles: [role({ inlinePolicies })] }), [contract("assumedRole")]);
    },
  },
  {
    name: "a managed policy",
    limit: 6_144,
    judge: (length: number) =>
      applyRules(model({ buckets: [bucket()], roles: [role({ managedPolicies: [policy(statementOf(length, PUT), "p")] })] }), [
        contract("assumedRole"),
      ]),
  },
];

describe.each(PLACES)("$name", ({ limit, judge }) => {
  const sizeRules = (length: number) =>
    judge(length)
      .map(({ ruleId }) => ruleId)
      .filter((id) => id.startsWith("policy-too") || id.startsWith("policy-nearly"));

  test("may be as large as 90 % of the limit", () => {
    expect(sizeRules(Math.floor(limit * 0.9))).toEqual([]);
  });

  test("is nearly full from there to the limit", () => {
    expect(sizeRules(Math.floor(limit * 0.9) + 1)).toEqual(["policy-nearly-full"]);
    expect(sizeRules(limit)).toEqual(["policy-nearly-full"]);
  });

  test("fails above the limit", () => {
    expect(sizeRules(limit + 1)).toEqual(["policy-too-large"]);
  });
});

test("white space does not count in IAM's policies", () => {
  const text = `${policy(statementOf(2_000, TRUST), "p").text}${" ".repeat(500)}`;
  const trustPolicy = { ...policy(TRUST, "p"), text };

  const found = applyRules(model({ buckets: [bucket()], roles: [role({ trustPolicy })] }), [contract("assumedRole")]);

  expect(found.map(({ ruleId }) => ruleId)).toEqual(["policy-nearly-full"]);
});

test("six pretty-printed inline policies count without white space, however short each is", () => {
  const { text } = policy(statementOf(903, PUT), "p");
  const pretty = { ...policy(PUT, "p"), text: text!.replaceAll(":", `:${" ".repeat(200)}`) };
  const inlinePolicies = Array<typeof pretty>(6).fill(pretty);

  const found = applyRules(model({ buckets: [bucket()], roles: [role({ inlinePolicies })] }), [contract("assumedRole")]);

  expect(pretty.text.length * inlinePolicies.length).toBeGreaterThan(10_240);
  expect(found.filter(({ ruleId }) => ruleId.startsWith("policy-"))).toEqual([]);
});

test("what is not known counts nothing, and what is known counts", () => {
  const sizes = (length: number) => {
    const known = policy(statementOf(length, TRUST), "p");
    const trustPolicy = { ...known, text: known.text + unknownText("x".repeat(3_000)) };
    const found = applyRules(model({ buckets: [bucket()], roles: [role({ trustPolicy })] }), [contract("assumedRole")]);
    return found.map(({ ruleId }) => ruleId).filter((id) => id.startsWith("policy-"));
  };

  expect(sizes(1_000)).toEqual([]);
  expect(sizes(2_049)).toEqual(["policy-too-large"]);
});
