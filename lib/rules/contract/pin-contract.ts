import type { RuleInfo } from "../rule";

export const pinContract: RuleInfo = {
  id: "pin-contract",
  title: "a contract differs from the approved one",
  severity: "high",
  reason: "One change could alter what is trusted and what is expected together; the pin keeps the two apart",
  details:
    "A contract differs from the pin in its vendor, access method, bucket, role, principals, accounts or external IDs, or in what it " +
    "expects and grants; or a destination is in only one of the two. See [check](../check.md#approve-once-the-pin).",
  remedy: "have the change approved, then rewrite the pin with --write-pin",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
};
