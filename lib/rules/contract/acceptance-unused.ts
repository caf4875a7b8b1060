import type { RuleInfo } from "../rule";

export const acceptanceUnused: RuleInfo = {
  id: "acceptance-unused",
  title: "an acceptance covers no finding",
  severity: "low",
  reason: "It would accept the next finding with this ID, which nobody has looked at",
  details:
    "A finding was accepted with a reason, in a construct with `acceptFinding` or in the file of `--accept`, and nothing that it covers " +
    "is wrong: the fault was corrected, or the ID, contract, address or statement is not that of the finding. See " +
    "[check](../check.md#accept-a-finding).",
  remedy: "remove the acceptance, or correct what it names",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-work-with-findings.html",
};
