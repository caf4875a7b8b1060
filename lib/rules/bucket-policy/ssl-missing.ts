import type { Rule } from "../rule";
import { hasUnknownParts, isDenyOnTransport } from "../ssl-statements";

export const sslMissing: Rule = {
  id: "ssl-missing",
  title: "the bucket accepts plain HTTP",
  severity: "medium",
  reason: "Without a Deny on aws:SecureTransport false, requests and their data can travel unencrypted",
  remedy: 'add Deny, Principal *, Action s3:*, Resource bucket and bucket/*, Condition Bool aws:SecureTransport "false"',
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS",
  bucket: (judged) => {
    const { bucket, policies } = judged;
    if (policies.length < bucket.policies.length || hasUnknownParts(policies)) return undefined;
    if (policies.some((policy) => policy.denies.some(isDenyOnTransport))) return undefined;
    return { detail: "no statement denies plain HTTP", location: bucket.policies[0]?.location ?? bucket.location };
  },
};
