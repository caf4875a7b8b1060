import type { RuleInfo } from "../rule";

export const accessTooWide: RuleInfo = {
  id: "access-too-wide",
  title: "a request that the contract forbids is allowed",
  severity: "high",
  reason: "The bucket is for the vendor's deliveries and for the customer only",
  details:
    "The contract says that a caller cannot make a request, and the policies allow it. The caller is an external account, another " +
    "principal of the vendor's account, an anonymous caller, or the vendor itself where it goes beyond its documentation. The " +
    "message names the statement that allows the request.",
  remedy: "narrow or remove the statement that allows it",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
};
