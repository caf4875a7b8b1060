import { grantedToOthers } from "../external-grants";
import type { Rule } from "../rule";

export const aclRightsForOthers: Rule = {
  id: "acl-rights-for-others",
  title: "another account can set the ACLs of objects",
  severity: "medium",
  acceptedBy: "R-acl",
  reason: "Whoever can set an ACL can grant other accounts access to the object",
  remedy: "remove s3:PutObjectAcl and set Object Ownership to BucketOwnerEnforced, unless the vendor requires ACLs",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6",
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, policy) => grantedToOthers(statement, policy, ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"]),
};
