/** Why an expectation did not pass, in words. */
import { expect, test } from "vitest";
import type { Expectation } from "../../lib/contract";
import { type Decision, unknownText } from "../../lib/evaluate";
import { explanation } from "../../lib/judge/explanation";

const EXPECTATION: Expectation = {
  id: "vendor-can-put",
  title: "the vendor can put an object",
  actor: "vendor",
  action: "s3:PutObject",
  resource: "arn:aws:s3:::logs/x",
  context: {},
  expected: "allowed",
  why: "the vendor delivers objects",
};

const decisionBy = (policyName: string): Decision => ({
  verdict: "ImplicitlyDenied",
  scope: "full",
  reason: "No Allow applies.",
  deciding: [],
  missing: [],
  nearest: {
    statement: {
      policy: "identity",
      policyName,
      index: 0,
      effect: "Allow",
      location: { file: "main.tf", address: "aws_iam_role_policy.datadog" },
    },
    mismatches: ["Resource: arn:aws:s3:::logs/y"],
  },
});

test.each([
  { title: "its name", policyName: "delivery", place: "the delivery policy" },
  {
    title: "its address where the name is not known",
    policyName: unknownText("aws_iam_role_policy.datadog.name"),
    place: "aws_iam_role_policy.datadog",
  },
])("a policy is called by $title", ({ policyName, place }) => {
  const { cause, remedy } = explanation(decisionBy(policyName), "fail", EXPECTATION);

  expect(cause).toBe(`No Allow applies; nearest: statement 1 of ${place}: Resource: arn:aws:s3:::logs/y`);
  expect(remedy).toBe(`widen statement 1 of ${place}`);
});
