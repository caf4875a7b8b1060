/** Rules about statements and conditions that never do what they say. */
import { isPositive, namedPrincipals, namesEverybody } from "../judge";
import { hasUnknown, splitAtUnknown } from "../unknown";
import { matches, s3Resource } from "./patterns";
import type { Rule } from "./rule";
import { actionsMatching, REQUESTS } from "./s3-actions";
import { actionsOf, isExpected, listed, resourcesOf } from "./statements";

const ACTIONS_PAGE = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html";
const KEYS_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

export const deadStatement: Rule = {
  id: "dead-statement",
  title: "an action never meets a resource of its statement",
  severity: "medium",
  reason:
    "Bucket actions need the bucket's ARN, object actions an object's. Amazon S3 refuses a bucket policy whose statement has no action " +
    "for its resources; in a role's policy the action is silently without effect",
  remedy: "use arn:aws:s3:::bucket for bucket actions and arn:aws:s3:::bucket/* for object actions",
  source: ACTIONS_PAGE,
  statement: (statement) => {
    const resources = resourcesOf(statement);
    if (resources.length === 0 || resources.some((resource) => levelsOf(resource) === "any")) return undefined;
    const hasObjects = resources.some((resource) => levelsOf(resource) === "object");
    const hasBuckets = resources.some((resource) => levelsOf(resource) === "bucket");
    const dead = actionsOf(statement).filter((action) => {
      const { objects, buckets } = actionsMatching(action);
      const [onObjects, onBuckets] = [objects.length > 0, buckets.length > 0];
      return (onObjects || onBuckets) && !(onObjects && hasObjects) && !(onBuckets && hasBuckets);
    });
    return dead.length === 0 ? undefined : `${listed(dead)} cannot apply to ${listed(resources)}`;
  },
};

export const unknownAction: Rule = {
  id: "unknown-action",
  title: "an action is the name of a request, which no permission has",
  severity: "medium",
  reason: "Some requests to Amazon S3 need a permission of another name; a statement with the request's name allows and denies nothing",
  remedy: "write the action that the request needs",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
  statement: ({ action }) => {
    const wrong = (action?.texts ?? []).find((text) => REQUESTS.has(text.toLowerCase()));
    return wrong && `${wrong}: the request needs ${REQUESTS.get(wrong.toLowerCase())}`;
  },
};

export const foreignResource: Rule = {
  id: "foreign-resource",
  title: "the bucket policy names a resource that is not of this bucket",
  severity: "medium",
  everywhere: true,
  reason: "A bucket policy speaks of its own bucket only; Amazon S3 refuses one with any other resource",
  remedy: "write this bucket's ARN",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html",
  kinds: ["resource"],
  statement: ({ resource }, { bucket }) => {
    if (bucket === undefined || hasUnknown(bucket.bucket.name)) return undefined;
    const foreign = (resource?.texts ?? []).filter(
      (text) => !hasUnknown(text) && !text.includes("${") && !speaksOf(text, bucket.bucket.name),
    );
    return foreign.length === 0 ? undefined : `${listed(foreign)} is not of ${bucket.bucket.name}`;
  },
};

export const sourceConditionOnVendor: Rule = {
  id: "source-condition-on-vendor",
  title: "a condition on the source service stands in a statement for a principal that is no service",
  severity: "medium",
  reason:
    "aws:SourceAccount and aws:SourceArn are there only when an AWS service calls on somebody's behalf. A vendor's role or user sends " +
    "none, so the statement never applies to it",
  remedy: "remove the condition; for a role's trust policy use sts:ExternalId instead",
  source: KEYS_PAGE,
  kinds: ["resource", "trust"],
  effect: "Allow",
  statement: (statement) => {
    if (statement.conditions.length === 0 || namedPrincipals(statement).aws.filter((text) => text !== "*").length === 0) return undefined;
    const never = statement.conditions.find(
      (condition) => /^aws:source(arn|account|orgid|orgpaths)$/.test(condition.key) && isPositive(condition),
    );
    return never && `${never.operatorText} ${never.keyText} is never met by ${listed(namedPrincipals(statement).aws)}`;
  },
};

/** Keys that requests of a vendor from its own network do not have. */
const ABSENT_KEYS =
  /^(aws:(sourcevpc|sourcevpce|vpcsourceip|referer|calledvia|calledviafirst|calledvialast|principalservicename)|s3:dataaccesspoint\w+)$/;

export const absentKey: Rule = {
  id: "condition-key-absent",
  title: "a condition of the vendor's grant asks for a key that its requests do not have",
  severity: "medium",
  reason: "A positive operator is false where the key is missing, so the grant never applies to the vendor",
  remedy: "remove the condition, or add IfExists to the operator if the key may be absent",
  source: KEYS_PAGE,
  kinds: ["identity", "resource", "trust"],
  effect: "Allow",
  statement: (statement, { kind, contracts }) => {
    if (contracts.length === 0 || statement.conditions.length === 0 || namesEverybody(statement)) return undefined;
    const side = kind === "trust" ? "trust" : "resource";
    if (kind !== "identity" && !namedPrincipals(statement).aws.some((caller) => isExpected(caller, contracts, side))) return undefined;
    const never = statement.conditions.find((condition) => ABSENT_KEYS.test(condition.key) && isPositive(condition));
    return never && `${never.operatorText} ${never.keyText}`;
  },
};

function levelsOf(resource: string): "bucket" | "object" | "any" {
  const place = s3Resource(resource);
  if (place === undefined) return "any";
  const [, placeholder, ...others] = splitAtUnknown(resource);
  if (placeholder !== undefined && !(others.length === 1 && /^(\/|$)/.test(others[0]!))) return "any";
  if (place.key !== undefined) return place.bucket === "*" && place.key === "*" ? "any" : "object";
  // arn:aws:s3:::logs* matches objects too, and what is behind a placeholder may hold a slash.
  return hasUnknown(place.bucket) || /[*?]/.test(place.bucket) ? "any" : "bucket";
}

function speaksOf(resource: string, bucket: string): boolean {
  const place = s3Resource(resource);
  return place !== undefined && matches(place.bucket, bucket);
}
