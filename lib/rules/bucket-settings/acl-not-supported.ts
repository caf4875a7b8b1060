import { AWS_DEFAULTS } from "../../judge";
import { hasUnknown } from "../../unknown";
import type { Rule } from "../rule";

export const aclNotSupported: Rule = {
  id: "acl-not-supported",
  title: "an ACL is set although Object Ownership disables ACLs",
  severity: "medium",
  reason: "With BucketOwnerEnforced, the default of new buckets, Amazon S3 returns AccessControlListNotSupported, and apply fails",
  remedy: "remove the ACL, or set Object Ownership to BucketOwnerPreferred",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  bucket: ({ bucket }) => {
    const { acl, objectOwnership = AWS_DEFAULTS.objectOwnership, locations } = bucket;
    if (acl === undefined || hasUnknown(acl) || objectOwnership !== "BucketOwnerEnforced") return undefined;
    // Terraform sends the argument of the bucket itself with `CreateBucket`, as it does where none is set.
    if (acl === "private" && locations.acl?.address === bucket.address) return undefined;
    return { detail: `the ACL ${acl} is set`, location: locations.acl ?? bucket.location };
  },
};
