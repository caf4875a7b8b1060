import type { Rule } from "../rule";
import { isAllOfS3 } from "../statements";

export const s3OnEverything: Rule = {
  id: "s3-on-everything",
  title: "the role has full access to Amazon S3",
  severity: "high",
  reason: "s3:* on every resource covers all buckets of the account, including their policies and their deletion",
  remedy: "name the bucket: its ARN for bucket actions, its ARN followed by /* for object actions",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  kinds: ["identity"],
  effect: "Allow",
  statement: (statement) => (isAllOfS3(statement) ? "it allows s3:* on every bucket" : undefined),
};
