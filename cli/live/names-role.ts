/** Policies that distinguish roles. What they say about the destination's role does not apply to a stand-in. */
import type { DeliveryContract } from "../../lib/contract";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { hasUnknown } from "../../lib/unknown";

/** Condition keys and variables whose value differs from one role to another. */
const KEYS_OF_A_ROLE = /aws:(PrincipalArn|PrincipalTag|userid|username)\b/i;

/** The policies that name the role, depend on which role it is, or could not be read, for people: `the key policy`. */
export function namesRole({ role }: DeliveryContract, { buckets, roles, kms }: AccountModel): string[] {
  if (role === undefined) return [];
  const live = roles.find(({ name }) => name === role.name);
  const names = [role.arn, `:role/${role.name}`, `/${role.name}"`, `assumed-role/${role.name}/`, live?.arn, live?.uniqueId];
  const isNamed = (text: string) =>
    names.some((name) => name !== undefined && text.includes(name)) || KEYS_OF_A_ROLE.test(text) || hasUnknown(text);
  const inPolicies = (what: string, policies: readonly (PlannedPolicy | undefined)[]) =>
    policies.some((policy) => policy !== undefined && isNamed(JSON.stringify(policy.document))) ? [what] : [];
  return [
    ...inPolicies(
      "the bucket policy",
      buckets.flatMap(({ policies }) => policies),
    ),
    ...inPolicies(
      "the key policy",
      (kms?.keys ?? []).map(({ policy }) => policy),
    ),
    ...((kms?.grants ?? []).some(({ grantee }) => isNamed(grantee)) ? ["a grant of the KMS key"] : []),
    ...(live ? inPolicies("a policy of the role", [...live.inlinePolicies, ...live.managedPolicies, live.permissionsBoundary]) : []),
  ];
}
