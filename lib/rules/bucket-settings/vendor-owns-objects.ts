import type { Rule } from "../rule";

export const vendorOwnsObjects: Rule = {
  id: "vendor-owns-objects",
  title: "the vendor owns the objects that it writes",
  severity: "medium",
  reason: "With ObjectWriter, the account that writes an object owns it, and the bucket policy does not give you access to it",
  remedy: "set Object Ownership to BucketOwnerEnforced, or to BucketOwnerPreferred for a vendor that sends ACLs",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  bucket: ({ bucket, contracts }) =>
    contracts.length === 0 && bucket.objectOwnership === "ObjectWriter"
      ? { detail: "Object Ownership is ObjectWriter", location: bucket.locations.objectOwnership ?? bucket.location }
      : undefined,
};
