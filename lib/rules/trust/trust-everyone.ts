import { callersInConditions, mayNarrowCallers, namesEverybody } from "../../judge";
import type { Rule } from "../rule";

export const trustEveryone: Rule = {
  id: "trust-everyone",
  title: "the trust policy allows any AWS principal to assume the role",
  severity: "high",
  everywhere: true,
  reason: "Any principal of any AWS account can assume the role. An external ID does not prevent it, because it is not a secret",
  remedy: "name the vendor's principal, or restrict the statement to fixed values of aws:PrincipalArn or aws:PrincipalOrgID",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  kinds: ["trust"],
  evenUnknown: true,
  effect: "Allow",
  statement: (statement) => {
    if (!namesEverybody(statement) || callersInConditions(statement) !== undefined) return undefined;
    if (!mayNarrowCallers(statement)) return "the principal is *, and no condition restricts it to named callers";
    return { detail: "the principal is *, and whether a condition restricts it to named callers is not known", isUnknown: true };
  },
};
