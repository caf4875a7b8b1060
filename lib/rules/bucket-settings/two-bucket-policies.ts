import type { Rule } from "../rule";

export const twoBucketPolicies: Rule = {
  id: "two-bucket-policies",
  title: "two bucket policies are defined for one bucket",
  severity: "high",
  everywhere: true,
  reason: "A bucket has one policy: each apply overwrites one with the other, and which one wins is unpredictable",
  remedy: "merge the statements into one aws_s3_bucket_policy",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_policy",
  bucket: ({ bucket }) => {
    const policies = bucket.policies.filter(({ isUncertain }) => !isUncertain);
    if (policies.length < 2) return undefined;
    return { detail: policies.map(({ location }) => location.address ?? location.file).join(" and "), location: policies[1]!.location };
  },
};
