import type { Rule } from "../rule";

export const objectLockOn: Rule = {
  id: "object-lock-on",
  title: "Object Lock is enabled although the vendor needs versioning off",
  severity: "medium",
  reason: "Object Lock requires versioning, and it keeps the test object that the vendor puts and deletes when it checks the connection",
  remedy: "do not enable Object Lock",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
  bucket: ({ bucket, contracts }) => {
    const unversioned = contracts.some(({ posture }) =>
      posture.some(({ property, oneOf }) => property === "versioning" && !oneOf.includes("Enabled")),
    );
    if (!unversioned || bucket.objectLock !== "true") return undefined;
    return { detail: "Object Lock is enabled", location: bucket.locations.objectLock ?? bucket.location };
  },
};
