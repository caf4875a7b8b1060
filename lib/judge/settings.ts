import type { DeliveryContract, PostureExpectation, Result } from "../contract";
import type { PolicyLocation } from "../evaluate";
import type { PlannedBucket, Setting } from "../plan";
import { hasUnknown, showUnknown } from "../unknown";

/** Remedy where the input does not contain the bucket or the role. */
export const ADD_DEFINING_PLAN = "add the plan that defines it to the input";

/** Compares a setting of the bucket with the contract. */
export function judgeSetting(item: PostureExpectation, contract: DeliveryContract, bucket: PlannedBucket | undefined): Result {
  const { id, property, oneOf, why } = item;
  const title = showUnknown(item.title);
  const expected = showUnknown(oneOf.length === 1 ? oneOf[0]! : oneOf.join(" or "));
  const deciding: Result["deciding"] = [];
  if (bucket === undefined) {
    const cause = `the bucket ${showUnknown(contract.bucket.name)} is not in the input`;
    return { id, title, expected, outcome: "unknown", cause, remedy: ADD_DEFINING_PLAN, deciding };
  }
  const location = bucket.locations[property] ?? bucket.location;
  const value = settingOf(bucket, property) ?? AWS_DEFAULTS[property];
  if (value !== undefined && oneOf.includes(value)) {
    return { id, title, expected, outcome: "pass", evidence: "computed", deciding, location };
  }
  // Without a region in the plan, the environment of Terraform decides it.
  const known = value === undefined ? property !== "region" : !hasUnknown(value) && !oneOf.some(hasUnknown);
  const is = value === undefined ? "not set" : known ? value : `not known yet: ${showUnknown(value)}`;
  const cause = showUnknown(`'${settingName(property, location)}' is ${is}`);
  const limit = property === "versioning" && ALREADY_VERSIONED.includes(value ?? "") && expected === "Disabled" ? NEW_BUCKET : "";
  const remedy = showUnknown(`set it to ${expected}: ${why}${limit}`);
  return known
    ? { id, title, expected, outcome: "fail", evidence: "computed", cause, remedy, deciding, location }
    : { id, title, expected, outcome: "unknown", cause, remedy, deciding, location };
}

const ALREADY_VERSIONED = ["Enabled", "Suspended"];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html */
const NEW_BUCKET = "; AWS allows that only for a bucket that was never versioned";

/** The property as the file at this location spells it: as an argument of the AWS provider, or as a prop of the constructs. */
export function settingName(property: string, location: PolicyLocation): string {
  return isTerraformLanguage(location) ? (ARGUMENTS[property] ?? property) : property;
}

/** The arguments of the AWS provider that set each property. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  blockPublicAcls: "block_public_acls",
  ignorePublicAcls: "ignore_public_acls",
  blockPublicPolicy: "block_public_policy",
  restrictPublicBuckets: "restrict_public_buckets",
  encryption: "sse_algorithm",
  bucketKeyEnabled: "bucket_key_enabled",
  versioning: "versioning_configuration.status",
  objectOwnership: "object_ownership",
};

/** Whether people wrote the file in Terraform's language, as HCL or JSON. `cdk.tf.json` comes from constructs, whose props are in camel case. */
function isTerraformLanguage({ file }: PolicyLocation): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(file) && !/(^|[\\/])cdk\.tf\.json$/.test(file);
}

/**
 * What AWS applies if a plan sets nothing. Block Public Access is not listed: only new buckets have it by default, so it must be set.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
 */
export const AWS_DEFAULTS: Readonly<Record<string, string> & Record<"encryption" | "objectOwnership", string>> = {
  encryption: "AES256",
  bucketKeyEnabled: "false",
  objectOwnership: "BucketOwnerEnforced",
  versioning: "Disabled",
};

function settingOf(bucket: PlannedBucket, property: string): Setting {
  const value = bucket.blockPublicAccess[property as "blockPublicAcls"] ?? bucket[property as "encryption"];
  return typeof value === "string" ? value : undefined;
}
