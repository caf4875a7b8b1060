import type { PlannedRole } from "../../plan";
import { type ReachedRole, rolesReachedFrom } from "../reach/role-chains";
import { policiesOfRole } from "../reach/role-policies";
import type { Rule } from "../rule";
import { actionsOf, listed, resourcesOf } from "../statements";

export const vendorAssumesAnotherRole: Rule = {
  id: "vendor-assumes-another-role",
  title: "the vendor can assume another role through the one that it delivers with",
  severity: "high",
  reason:
    "The vendor's session is a principal of your own account. A trust policy that names its role, or that names everybody in your " +
    "account or organization, gives the vendor everything that the other role can do",
  details:
    "A trust policy that names a role of the same account needs no identity policy. One that names the account as a whole (its root) does, " +
    "so it is found only where a policy of the delivery role allows sts:AssumeRole. Roles that the other role can assume are followed to the end.",
  remedy: "name the principals that need the other role in its trust policy, and leave out the vendor's role",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  role: ({ role, contracts, model, account }) => {
    if (contracts.length === 0) return undefined;
    return rolesReachedFrom(role, model, account).map((reached) => ({
      detail: described(role, reached),
      location: reached.role.trustPolicy.location,
      ...(reached.isUnknown && { isUnknown: true }),
    }));
  },
};

function described(start: PlannedRole, { role, way, isUnknown }: ReachedRole): string {
  const chain = [start, ...way].map(({ name }) => name).join(" → ");
  const rights = policiesOfRole(role).identityPolicies.flatMap(({ allows }) =>
    allows.flatMap((statement) => actionsOf(statement).map((action) => `${action} on ${listed(resourcesOf(statement), 1)}`)),
  );
  const what = rights.length === 0 ? "" : `, which is allowed ${listed(rights, 3)}`;
  return `${chain}: the vendor ${isUnknown ? "may" : "can"} assume ${role.name}${what}`;
}
