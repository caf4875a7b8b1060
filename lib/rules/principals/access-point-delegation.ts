import type { Rule } from "../rule";
import { listed } from "../statements";

export const accessPointDelegation: Rule = {
  id: "access-point-delegation",
  title: "the bucket policy delegates access control to access points",
  severity: "medium",
  reason: "Access points have their own policies, which are not evaluated here, so the bucket policy does not show who has access",
  remedy:
    "grant access in the bucket policy, or review the policies of the access points and set --fail-on so that this finding does not " +
    "fail the check",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
  kinds: ["resource"],
  effect: "Allow",
  statement: ({ conditions }) => {
    const tie = conditions.find(({ key }) => key.startsWith("s3:dataaccesspoint"));
    return tie && `${tie.operatorText} ${tie.keyText} ${listed(tie.values)}`;
  },
};
