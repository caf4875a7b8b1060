import { hasUnknown } from "../../unknown";
import { matches, s3Resource } from "../patterns";
import type { Rule } from "../rule";
import { listed } from "../statements";

export const foreignResource: Rule = {
  id: "foreign-resource",
  title: "the bucket policy names a resource outside the bucket",
  severity: "medium",
  everywhere: true,
  reason: "A bucket policy can name only its own bucket and the objects in it; Amazon S3 rejects any other resource",
  remedy: "write the ARN of this bucket",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html",
  kinds: ["resource"],
  statement: ({ resource }, { bucket }) => {
    if (bucket === undefined || hasUnknown(bucket.bucket.name)) return undefined;
    const foreign = (resource?.texts ?? []).filter(
      (text) => !hasUnknown(text) && !text.includes("${") && !isInBucket(text, bucket.bucket.name),
    );
    return foreign.length === 0 ? undefined : `${listed(foreign)} is not in ${bucket.bucket.name}`;
  },
};

function isInBucket(resource: string, bucket: string): boolean {
  const place = s3Resource(resource);
  return place !== undefined && matches(place.bucket, bucket);
}
