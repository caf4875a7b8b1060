import { stripUnknown } from "../../unknown";
import type { Rule } from "../rule";

export const dottedBucketName: Rule = {
  id: "dotted-bucket-name",
  title: "the bucket name contains a dot",
  severity: "low",
  acceptedBy: "R-dot",
  reason:
    "Amazon's certificate does not match addresses of the form bucket.s3.amazonaws.com for such a name, so some clients cannot use " +
    "HTTPS",
  remedy: "use a name without dots if the vendor allows it",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  bucket: ({ bucket }) => (stripUnknown(bucket.name).includes(".") ? `the name is ${bucket.name}` : undefined),
};
