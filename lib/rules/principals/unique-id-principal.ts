import type { Rule } from "../rule";
import { listed } from "../statements";

export const uniqueIdPrincipal: Rule = {
  id: "unique-id-principal",
  title: "a principal is a unique ID instead of an ARN",
  severity: "high",
  everywhere: true,
  reason:
    "AWS replaces the ARN of a deleted role or user with its unique ID (AROA… or AIDA…). A new role or user of the same name has " +
    "another ID and no access, and a policy with such an ID cannot be saved again",
  remedy: "write the ARN; if the vendor has recreated its role, apply again",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  statement: ({ principal }) => {
    const ids = (principal?.entries ?? []).flatMap((entry) => (entry.kind === "uniqueId" ? [entry.text] : []));
    return ids.length === 0 ? undefined : listed(ids);
  },
};
