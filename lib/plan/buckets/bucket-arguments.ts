/** Arguments of `aws_s3_bucket` from before version 4 of the provider. States still show them as attributes. */
import { ownValue } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import { firstBlock, inBlock } from "../resources/nested-blocks";
import { plannedPolicy } from "../resources/planned-policy";
import { cannedFor } from "./acl";
import { applySetting, type Draft, type SettingName } from "./draft";
import { objectLockOf, readEncryption } from "./settings";

/** Reads all of these arguments but `policy`. */
export function readBucketArguments(draft: Draft, bucket: Instance): void {
  draft.locations.region = bucket.locate("region");
  const known = (argument: string): unknown => {
    const value = bucket.get(argument);
    return isUnknown(value) && !bucket.isConfigured(argument) ? undefined : value;
  };
  const apply = (property: SettingName, argument: string, value: unknown) =>
    applySetting(draft, property, { value, resource: bucket, argument });
  apply("acl", "acl", known("acl"));
  if (bucket.get("acl") === undefined && bucket.isConfigured("grant")) apply("acl", "grant", cannedFor(bucket.get("grant"), bucket));
  const encryption = firstBlock(known("server_side_encryption_configuration"));
  if (encryption !== undefined) {
    const value = isUnknown(encryption) ? encryption : ownValue(encryption, "rule");
    readEncryption(draft, { value, resource: bucket, argument: "server_side_encryption_configuration" });
  }
  const enabled = inBlock(firstBlock(known("versioning")), "enabled");
  apply("versioning", "versioning", versioningOf(enabled, bucket));
  const lock = firstBlock(known("object_lock_configuration"));
  apply("objectLock", "object_lock_configuration", objectLockOf(inBlock(lock, "object_lock_enabled")));
  apply("objectLock", "object_lock_enabled", objectLockOf(known("object_lock_enabled")));
  apply("requestPayer", "request_payer", known("request_payer"));
}

/** The attribute shows a bucket that was never versioned and one with suspended versioning alike. */
function versioningOf(enabled: unknown, bucket: Instance): unknown {
  if (enabled === true || enabled === "true") return "Enabled";
  if (enabled !== false && enabled !== "false") return enabled;
  return bucket.isConfigured("versioning") ? "Disabled" : unknownText(`${bucket.address}.versioning, disabled or suspended`);
}

/**
 * Reads the argument `policy`. As an attribute it repeats the policy that an `aws_s3_bucket_policy` wrote, so it counts only where the
 * configuration sets it or where no such resource exists.
 */
export function readPolicyArgument(draft: Draft, bucket: Instance, inventory: Inventory): void {
  const policy = bucket.get("policy");
  const configured = bucket.isConfigured("policy");
  if (policy === undefined || policy === null || policy === "" || (!configured && (draft.policies.length > 0 || isUnknown(policy)))) return;
  if (!configured && inventory.removed("aws_s3_bucket_policy").some((before) => ownValue(before, "bucket") === draft.name)) return;
  const location = bucket.locate("policy");
  draft.policies.unshift(plannedPolicy({ value: policy, source: `${bucket.address}.policy`, location, problems: inventory.problems }));
  draft.locations.policies ??= location;
}
