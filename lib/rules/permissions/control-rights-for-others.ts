import { grantedToOthers } from "../external-grants";
import { s3Resource } from "../patterns";
import type { Rule } from "../rule";
import { resourcesOf } from "../statements";

export const controlRightsForOthers: Rule = {
  id: "control-rights-for-others",
  title: "another account can change the protection of the bucket",
  severity: "high",
  reason: "Whoever can change the bucket's policy, ACL, encryption or Block Public Access can open the bucket",
  remedy: "remove these actions",
  source: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6",
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, policy) =>
    resourcesOf(statement).some((resource) => s3Resource(resource)?.key === undefined || resource === "*")
      ? grantedToOthers(statement, policy, [
          "s3:DeleteBucketPolicy",
          "s3:PutBucketAcl",
          "s3:PutBucketPolicy",
          "s3:PutEncryptionConfiguration",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketOwnershipControls",
        ])
      : undefined,
};
