/** Findings that come from a contract, a pin or the reading of a plan, not from a rule that looks at policies. */
import type { RuleInfo } from "./rule";

const CONTRACT_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";
const PIN_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html";

const RULE_INFOS = {
  vendorLockedOut: {
    id: "vendor-locked-out",
    title: "the vendor cannot do what it needs",
    severity: "high",
    reason: "Deliveries fail",
    remedy: "allow what the contract names",
    source: CONTRACT_PAGE,
  },
  accessTooWide: {
    id: "access-too-wide",
    title: "somebody can do what nobody but the vendor, or not even the vendor, may",
    severity: "high",
    reason: "The bucket is for the vendor's deliveries and the customer alone",
    remedy: "narrow or remove the statement that allows it",
    source: CONTRACT_PAGE,
  },
  settingDiffers: {
    id: "setting-differs",
    title: "a setting of the bucket is not what the contract names",
    severity: "high",
    reason: "The vendor documents the setting, or it was chosen when the destination was defined",
    remedy: "set it to one of the values that the contract names",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  },
  couldNotTell: {
    id: "could-not-tell",
    title: "the plan does not tell whether an expectation holds",
    severity: "medium",
    reason: "A value is known only after apply, or what decides is not in the plan. It is neither passed nor failed",
    remedy: "check the output of terraform show -json of a plan or of the state, or validate after apply",
    source: "https://developer.hashicorp.com/terraform/internals/json-format",
  },
  pinContract: {
    id: "pin-contract",
    title: "a contract is not the one that was approved",
    severity: "high",
    reason: "One change could move what is trusted and what is expected together; the pin keeps the two apart",
    remedy: "have the change approved, then write the pin anew with --write-pin",
    source: PIN_PAGE,
  },
  pinPrincipal: {
    id: "pin-principal",
    title: "a policy lets in a principal that was not approved",
    severity: "high",
    reason: "Whoever is in a trust or bucket policy gets in, whatever the contract says",
    remedy: "remove the principal, or have it approved and write the pin anew with --write-pin",
    source: PIN_PAGE,
  },
  planIncomplete: {
    id: "plan-incomplete",
    title: "a part of the plan could not be read",
    severity: "info",
    reason: "What is in it was not judged",
    remedy: "check the output of terraform show -json, in which everything is resolved",
    source: "https://developer.hashicorp.com/terraform/internals/json-format",
  },
} as const satisfies Record<string, RuleInfo>;

export const CONTRACT_RULES: typeof RULE_INFOS = RULE_INFOS;
