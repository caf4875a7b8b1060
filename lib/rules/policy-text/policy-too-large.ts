import { inlineFinding, SIZE_LIMITS, sizeFinding } from "../policy-sizes";
import type { Rule } from "../rule";

export const policyTooLarge: Rule = {
  id: "policy-too-large",
  title: "a policy exceeds AWS's size limit",
  severity: "high",
  everywhere: true,
  reason: "AWS rejects the policy, and apply fails",
  details: SIZE_LIMITS,
  remedy: "merge statements, shorten Sids, or use wildcards instead of long lists",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  policy: (policy) => sizeFinding(policy, (share) => share > 1),
  role: (role) => inlineFinding(role, (share) => share > 1),
};
