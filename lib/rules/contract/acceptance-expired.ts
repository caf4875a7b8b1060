import type { RuleInfo } from "../rule";

export const acceptanceExpired: RuleInfo = {
  id: "acceptance-expired",
  title: "an acceptance has expired",
  severity: "medium",
  reason: "Whoever accepted the finding wanted it to be looked at again after this day",
  details:
    "A finding was accepted up to a day that is over. The acceptance covers nothing any more, so the finding is reported as if nobody had " +
    "accepted it. See [check](../check.md#accept-a-finding).",
  remedy: "correct the finding, or accept it again with a later day",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-work-with-findings.html",
};
