import type { Rule } from "../rule";
import { listed } from "../statements";

export const denyNotPrincipal: Rule = {
  id: "deny-not-principal",
  title: "a Deny exempts principals with NotPrincipal",
  severity: "low",
  reason:
    "The Deny still applies to a listed principal that has a permissions boundary, and for a role its account and each session must " +
    "be listed too; AWS advises against NotPrincipal",
  remedy: "use Principal * with the condition ArnNotEquals aws:PrincipalArn",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
  effect: "Deny",
  statement: (statement) => (statement.principal?.not ? `it exempts ${listed(statement.principal.texts)}` : undefined),
};
