import { isPublic } from "../../evaluate";
import type { Rule } from "../rule";

export const publicBucketPolicy: Rule = {
  id: "public-bucket-policy",
  title: "a statement of the bucket policy makes the bucket public",
  severity: "high",
  everywhere: true,
  reason:
    "By AWS's definition, one such statement makes the whole policy public. Whoever meets its conditions can do what the statement allows; with " +
    "RestrictPublicBuckets, Amazon S3 blocks every other account instead, including the vendor's",
  remedy: "name the principals, or restrict the statement to fixed values of aws:PrincipalArn, aws:PrincipalOrgID or aws:SourceArn",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, { compiled }) => {
    if (statement.principal?.not) return undefined;
    const status = isPublic(compiled);
    if (status.isPublic !== "yes") return undefined;
    return status.statements.find(({ statement: { index }, isPublic: verdict }) => verdict === "yes" && index === statement.reference.index)
      ?.reason;
  },
};
