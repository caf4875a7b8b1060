import type { Rule } from "../rule";

export const aclGrants: Rule = {
  id: "acl-grants",
  title: "the bucket's ACL grants access to others than the owner",
  severity: "low",
  reason: "A grant in an ACL appears in no policy, so reviews overlook it",
  remedy: "grant access in the bucket policy instead; for S3 server access logs, to logging.s3.amazonaws.com with aws:SourceAccount",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  bucket: ({ bucket }) =>
    bucket.acl !== undefined && ["log-delivery-write", "aws-exec-read", "custom"].includes(bucket.acl)
      ? { detail: `the bucket's ACL is ${bucket.acl}`, location: bucket.locations.acl ?? bucket.location }
      : undefined,
};
