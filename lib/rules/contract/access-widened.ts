import type { RuleInfo } from "../rule";

export const accessWidened: RuleInfo = {
  id: "access-widened",
  title: "the change allows requests that were not allowed before",
  severity: "medium",
  reason: "A request that a change newly allows is access that nobody has reviewed, although each policy may look as before",
  details:
    "`check --against` compares all requests to each bucket, and all ways to assume each role, before and after the change. Buckets and roles " +
    "that are new are not compared. A pin (`--pin`) that holds the bucket or role exactly as it is after the change approves the change. See [check](../check.md#what-does-this-change-allow).",
  remedy: "narrow the statement that is named, approve the change with --write-pin, or accept the finding with a reason",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
};
