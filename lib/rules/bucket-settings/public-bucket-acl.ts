import type { Rule } from "../rule";

export const publicBucketAcl: Rule = {
  id: "public-bucket-acl",
  title: "the ACL makes the bucket public",
  severity: "high",
  everywhere: true,
  reason: "The canned ACL grants access to everybody, or to everybody with an AWS account",
  remedy: "remove the ACL, and set Object Ownership to BucketOwnerEnforced",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  bucket: ({ bucket }) =>
    bucket.acl !== undefined && ["public-read", "public-read-write", "authenticated-read"].includes(bucket.acl)
      ? { detail: `the bucket's ACL is ${bucket.acl}`, location: bucket.locations.acl ?? bucket.location }
      : undefined,
};
