import type { Rule } from "../rule";

export const malformedPolicy: Rule = {
  id: "malformed-policy",
  title: "AWS rejects the policy",
  severity: "high",
  everywhere: true,
  reason: "The policy violates the grammar of the policy language: apply fails, and the policy cannot be evaluated",
  remedy: "correct the element that the message names",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  malformed: (message) => message,
};
