import { coversAction } from "../patterns";
import type { Rule } from "../rule";
import { actionsOf, isAdmin, isAllOfS3, listed, resourcesOf } from "../statements";
import { isVendorGrant } from "../vendor-grants";

export const wildcardActions: Rule = {
  id: "wildcard-actions",
  title: "the vendor has full access to objects",
  severity: "medium",
  acceptedBy: "R-wild",
  reason: "s3:* on objects lets the vendor read, delete and change earlier deliveries",
  remedy: "allow the actions that the delivery needs, for example s3:PutObject",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  kinds: ["identity", "resource"],
  effect: "Allow",
  statement: (statement, policy) => {
    if (policy.contracts.length === 0 || !isVendorGrant(statement, policy)) return undefined;
    if (policy.kind === "identity" && (isAdmin(statement) || isAllOfS3(statement))) return undefined;
    const wild = actionsOf(statement).filter((action) => coversAction(action, "s3:*"));
    return wild.length === 0 ? undefined : `it allows ${listed(wild)} on ${listed(resourcesOf(statement))}`;
  },
};
