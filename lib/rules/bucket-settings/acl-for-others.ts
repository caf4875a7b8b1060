import type { Rule } from "../rule";

export const aclForOthers: Rule = {
  id: "acl-for-others",
  title: "the bucket's ACL grants access to another account",
  severity: "high",
  reason: "The other account has access through the ACL, whatever the bucket policy allows, and Block Public Access does not prevent it",
  remedy: "remove the grant, and set Object Ownership to BucketOwnerEnforced unless the vendor sends ACLs",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  bucket: ({ bucket }) =>
    bucket.acl === "foreign" ? { detail: "the ACL names another account", location: bucket.locations.acl ?? bucket.location } : undefined,
};
