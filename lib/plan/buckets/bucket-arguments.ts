/** Arguments of `aws_s3_bucket` from before version 4 of the provider. States still show them as attributes. */
import { listOf, ownValue } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { firstBlock, inBlock } from "../resources/nested-blocks";
import { plannedPolicy } from "../resources/planned-policy";
import type { ProblemList } from "../resources/problem-list";
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
  const grants = bucket.get("grant");
  if (bucket.isConfigured("grant") && isUnset(bucket.get("acl"))) apply("acl", "grant", cannedFor(grants, bucket));
  // Without an argument, the attribute shows the grants that the bucket has. An `aws_s3_bucket_acl` replaces them.
  else if (bucket.isExisting && Array.isArray(grants) && grants.length > 0 && isUnset(known("acl")))
    apply("acl", "grant", aclShown(grants, bucket));
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

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** The canned ACL for grants that AWS returned. The owner is not among the attributes: usually it has `FULL_CONTROL`. */
function aclShown(grants: readonly unknown[], bucket: Instance): string {
  const isOwners = (grant: unknown) => listOf(ownValue(grant, "permissions")).includes("FULL_CONTROL");
  const ids = new Set(grants.map((grant) => ownValue(grant, "id")).filter((id) => !isUnset(id)));
  const canned = cannedFor(grants, bucket, ownValue(grants.find(isOwners), "id"));
  if (canned === "custom" && ids.size === 1 && grants.every((grant) => isOwners(grant))) return "private";
  return canned === "custom" && ids.size > 1 ? "foreign" : canned;
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
 *
 * @param removed the names of the buckets whose policies the plan deletes
 */
export function readPolicyArgument(
  draft: Draft,
  bucket: Instance,
  { problems, removed }: { readonly problems: ProblemList; readonly removed: ReadonlySet<unknown> },
): void {
  const policy = bucket.get("policy");
  const configured = bucket.isConfigured("policy");
  if (policy === undefined || policy === null || policy === "" || (!configured && (draft.policies.length > 0 || isUnknown(policy)))) return;
  if (!configured && removed.has(draft.name)) return;
  const location = bucket.locate("policy");
  draft.policies.unshift(plannedPolicy({ value: policy, source: `${bucket.address}.policy`, location, problems }));
  draft.locations.policies ??= location;
}
