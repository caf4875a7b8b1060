import type { RuleInfo } from "../rule";

export const couldNotTell: RuleInfo = {
  id: "could-not-tell",
  title: "the plan does not show whether an expectation holds",
  severity: "medium",
  reason:
    "A value is known only after apply, or the policy or resource that decides is not in the plan. The expectation has neither " +
    "passed nor failed",
  details:
    "The message says what is missing: a value that is known only after apply, a policy that is not in the plan, or a bucket or role " +
    "that another state defines. If nothing else is wrong, the exit code is 3; `--allow-unknown` makes it 0.",
  remedy: "check the output of terraform show -json for a plan or a state, or validate after apply",
  source: "https://developer.hashicorp.com/terraform/internals/json-format",
};
