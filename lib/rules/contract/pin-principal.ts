import type { RuleInfo } from "../rule";

export const pinPrincipal: RuleInfo = {
  id: "pin-principal",
  title: "a policy allows a principal that was not approved",
  severity: "high",
  reason: "A principal in a trust policy or bucket policy has access, whatever the contract says",
  details:
    "A trust policy or bucket policy of a destination allows a principal of another account that is not in the pin. See " +
    "[check](../check.md#approve-once-the-pin).",
  remedy: "remove the principal, or have it approved and rewrite the pin with --write-pin",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
};
