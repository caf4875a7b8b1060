import { inlineFinding, NEARLY, SIZE_LIMITS, sizeFinding } from "../policy-sizes";
import type { Rule } from "../rule";

export const policyNearlyFull: Rule = {
  id: "policy-nearly-full",
  title: "a policy is close to AWS's size limit",
  severity: "low",
  reason: "One more statement can make apply fail",
  details: SIZE_LIMITS,
  remedy: "merge statements, shorten Sids, or use wildcards instead of long lists",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  policy: (policy) => sizeFinding(policy, (share) => share > NEARLY && share <= 1),
  role: (role) => inlineFinding(role, (share) => share > NEARLY && share <= 1),
};
