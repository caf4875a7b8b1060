import type { Rule } from "../rule";
import { BROAD_MANAGED_POLICIES, isAdmin } from "../statements";

export const adminPermissions: Rule = {
  id: "admin-permissions",
  title: "the role has full access to the account",
  severity: "high",
  reason: "Whoever assumes the role controls the account",
  remedy: "name the actions and resources that the role needs",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  kinds: ["identity"],
  effect: "Allow",
  statement: (statement) => (isAdmin(statement) ? "it allows every action on every resource" : undefined),
  role: ({ role, contracts }) => {
    const broad = role.managedPolicies.find(({ name }) => name !== undefined && BROAD_MANAGED_POLICIES.has(name));
    if (broad === undefined) return undefined;
    if (contracts.length === 0 && broad.name !== "AdministratorAccess") return undefined;
    return { detail: `the managed policy ${broad.name} is attached`, location: broad.location };
  },
};
