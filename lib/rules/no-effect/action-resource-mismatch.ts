import { hasUnknown, splitAtUnknown } from "../../unknown";
import { s3Resource } from "../patterns";
import type { Rule } from "../rule";
import { actionsMatching } from "../s3-actions";
import { actionsOf, listed, resourcesOf } from "../statements";

export const actionResourceMismatch: Rule = {
  id: "action-resource-mismatch",
  title: "an action does not apply to any resource of its statement",
  severity: "medium",
  reason:
    "Bucket actions need the ARN of a bucket, object actions the ARN of an object. Amazon S3 rejects a bucket policy with a " +
    "statement that has no action for its resources; in a role's policy the action silently has no effect",
  remedy: "use arn:aws:s3:::bucket for bucket actions and arn:aws:s3:::bucket/* for object actions",
  source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
  statement: (statement, { kind }) => {
    const resources = resourcesOf(statement);
    const foreign = kind === "resource" ? actionsOf(statement).filter(isOfAnotherService) : [];
    if (foreign.length > 0) return `${listed(foreign)} does not apply to ${listed(resources)}`;
    const levels = resources.map(levelsOf);
    if (levels.length === 0 || levels.includes("any")) return undefined;
    const hasObjects = levels.includes("object");
    const hasBuckets = levels.includes("bucket");
    const dead = actionsOf(statement).filter((action) => {
      const { objects, buckets } = actionsMatching(action);
      const [onObjects, onBuckets] = [objects.length > 0, buckets.length > 0];
      return (onObjects || onBuckets) && !(onObjects && hasObjects) && !(onBuckets && hasBuckets);
    });
    return dead.length === 0 ? undefined : `${listed(dead)} does not apply to ${listed(resources)}`;
  },
};

function isOfAnotherService(action: string): boolean {
  return /^[\w-]+:/.test(action) && !/^s3:/i.test(action);
}

/** What a resource of a policy about Amazon S3 names; `any` where the text does not tell. */
export function levelsOf(resource: string): "bucket" | "object" | "any" {
  const place = s3Resource(resource);
  if (place === undefined) return "any";
  const [, placeholder, ...others] = splitAtUnknown(resource);
  if (placeholder !== undefined && !(others.length === 1 && /^(\/|$)/.test(others[0]!))) return "any";
  if (place.key !== undefined) return place.bucket === "*" && place.key === "*" ? "any" : "object";
  // arn:aws:s3:::logs* matches objects too, and an unknown part may contain a slash.
  return hasUnknown(place.bucket) || /[*?]/.test(place.bucket) ? "any" : "bucket";
}
