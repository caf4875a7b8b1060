import type { Rule } from "../rule";
import { listed } from "../statements";

export const allowNotPrincipal: Rule = {
  id: "allow-not-principal",
  title: "an Allow uses NotPrincipal, which allows everybody else",
  severity: "high",
  everywhere: true,
  reason:
    "NotPrincipal with Allow grants access to every principal that is not listed, including anonymous callers; AWS does not support " +
    "this combination",
  remedy: "list the allowed principals in Principal",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
  evenUnknown: true,
  effect: "Allow",
  statement: (statement) => (statement.principal?.not ? `it allows everybody except ${listed(statement.principal.texts)}` : undefined),
};
