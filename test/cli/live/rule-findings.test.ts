import { expect, test } from "vitest";
import type { ReadBack } from "../../../cli/live";
import { ruleFindings } from "../../../cli/live/rule-findings";
import { bucket, contract, model, policy, role } from "../../rules/example-account";

const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:root" }, Action: "sts:AssumeRole" };

test.each([
  ["iam:PutRolePolicy", "fail", { evidence: "computed" }],
  ["iam:PassRole", "unknown", {}],
])("what a rule says of %s counts: %s", (action, outcome, more) => {
  const other = role({
    name: "other",
    arn: "arn:aws:iam::111111111111:role/other",
    trustPolicy: policy(trust, "trust"),
    inlinePolicies: [policy({ Effect: "Allow", Action: action, Resource: "*" }, "inline")],
  });
  const account = model({ buckets: [bucket()], roles: [role(), other] });

  const found = ruleFindings({ account } as ReadBack, [contract("assumedRole")], "111111111111").map(({ result }) => result);

  expect(found.filter(({ id }) => id === "other-role-reaches-destination")).toEqual([expect.objectContaining({ outcome, ...more })]);
});
