import type { Rule } from "../rule";
import { listed } from "../statements";

export const allowByExclusion: Rule = {
  id: "allow-by-exclusion",
  title: "an Allow uses NotAction or NotResource",
  severity: "high",
  reason: "It grants everything that it does not list, including what AWS adds in future",
  remedy: "list the allowed actions in Action and the allowed resources in Resource",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  kinds: ["identity", "resource", "trust"],
  effect: "Allow",
  statement: (statement) => {
    if (statement.action?.not) return `it allows every action except ${listed(statement.action.texts)}`;
    return statement.resource?.not ? `it allows every resource except ${listed(statement.resource.texts)}` : undefined;
  },
};
