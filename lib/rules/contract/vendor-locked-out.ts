import type { RuleInfo } from "../rule";

export const vendorLockedOut: RuleInfo = {
  id: "vendor-locked-out",
  title: "the vendor cannot do what it needs",
  severity: "high",
  reason: "Deliveries fail",
  details:
    "The contract says that the vendor can make a request, and the policies deny it. The message names the statement that denies the " +
    "request, or the statement that comes closest to allowing it and the part that does not match.",
  remedy: "allow what the contract expects",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
};
