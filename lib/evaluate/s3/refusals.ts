/** Why S3 refuses a request that policies may allow: its ACL, or Block Public Access. */
import { and, MAYBE, NO, not, showUnknown, type Ternary, unknownsIn, YES } from "../../unknown";
import type { Evaluation } from "../evaluation";
import { missingAccounts } from "../explain/missing";
import { aclRefusals } from "./acl";
import { isPublic } from "./public-policy";
import { NO_REFUSALS, type Refusal, settingOf } from "./refusal";

export function refusalsOf(evaluation: Evaluation): readonly Refusal[] {
  const byAcl = aclRefusals(evaluation.request, evaluation.policies);
  const byPublicAccess = publicRefusal(evaluation);
  return byAcl.length === 0 ? byPublicAccess : [...byAcl, ...byPublicAccess];
}

/** `RestrictPublicBuckets`: while the policy is public, S3 refuses everyone but services and the owner's account. */
function publicRefusal({ request, policies, sameAccount }: Evaluation): readonly Refusal[] {
  const { resourcePolicy, blockPublicAccess } = policies;
  const flag = blockPublicAccess?.restrictPublicBuckets;
  const restricted = settingOf(flag);
  if (restricted === NO || resourcePolicy === undefined || !request.action.startsWith("s3:") || request.caller.kind === "service")
    return NO_REFUSALS;
  const status = isPublic(resourcePolicy);
  if (status.isPublic === "no") return NO_REFUSALS;
  const open: Ternary = status.isPublic === "yes" ? YES : MAYBE;
  const refused = and(and(restricted, open), not(sameAccount));
  if (refused === NO) return NO_REFUSALS;
  const reasons = status.statements.map(({ reason }) => showUnknown(reason));
  return [
    {
      refused,
      reason: `Block Public Access (RestrictPublicBuckets) blocks other accounts, because the bucket policy is public: ${reasons.join("; ")}`,
      missing: [
        ...unknownsIn(String(flag)),
        ...(open === MAYBE ? reasons : []),
        ...(sameAccount === MAYBE ? missingAccounts(request) : []),
      ],
      deciding: status.statements.map(({ statement }) => statement),
    },
  ];
}
