/** Settings of buckets, from resources that each configure one of them. */
import { type JsonObject, listOf, ownValue } from "../../json";
import { hasUnknown, isUnknown, unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { blocksOf, firstBlock, inBlock } from "../resources/nested-blocks";
import { readAcl } from "./acl";
import { applySetting, BLOCK_SETTINGS, type Draft, type SettingName, settingOf } from "./draft";

/** How to read a resource type that configures a bucket. */
interface SettingResource {
  readonly type: string;
  readonly read: (draft: Draft, resource: Instance) => void;
  /** What AWS applies to the bucket once the plan has deleted the resource. */
  readonly afterRemoval?: (draft: Draft, before: JsonObject) => void;
  /** The settings that are unknown where the bucket of such a resource cannot be resolved. */
  readonly settings: readonly SettingName[];
  /** Arguments of `aws_s3_bucket` that configure the same. */
  readonly bucketArguments: readonly string[];
}

export const SETTING_RESOURCES: readonly SettingResource[] = [
  { type: "aws_s3_bucket_public_access_block", read: readBlockPublicAccess, settings: [], bucketArguments: [] },
  {
    type: "aws_s3_bucket_server_side_encryption_configuration",
    read: (draft, resource) => readEncryption(draft, { value: resource.get("rule"), resource, argument: "rule" }),
    afterRemoval: (draft) => Object.assign(draft, { encryption: "AES256", kmsKeyId: undefined, bucketKeyEnabled: "false" }),
    settings: ["encryption", "kmsKeyId", "bucketKeyEnabled"],
    bucketArguments: ["server_side_encryption_configuration"],
  },
  {
    type: "aws_s3_bucket_versioning",
    read: (draft, resource) => {
      const value = inBlock(firstBlock(resource.get("versioning_configuration")), "status");
      applySetting(draft, "versioning", { value, resource, argument: "versioning_configuration" });
    },
    // The provider suspends versioning, as AWS cannot disable it once it was enabled.
    afterRemoval: (draft, before) => {
      const status = inBlock(firstBlock(before.versioning_configuration), "status");
      draft.versioning = status === "Disabled" ? "Disabled" : "Suspended";
    },
    settings: ["versioning"],
    bucketArguments: ["versioning"],
  },
  {
    type: "aws_s3_bucket_ownership_controls",
    read: (draft, resource) => {
      const value = inBlock(firstBlock(resource.get("rule")), "object_ownership");
      applySetting(draft, "objectOwnership", { value, resource, argument: "rule" });
    },
    afterRemoval: (draft) => {
      draft.objectOwnership = "ObjectWriter";
    },
    settings: ["objectOwnership"],
    bucketArguments: [],
  },
  { type: "aws_s3_bucket_acl", read: readAcl, settings: ["acl"], bucketArguments: ["acl", "grant"] },
  {
    type: "aws_s3_bucket_request_payment_configuration",
    read: (draft, resource) => applySetting(draft, "requestPayer", { value: resource.get("payer"), resource, argument: "payer" }),
    afterRemoval: (draft) => {
      draft.requestPayer = "BucketOwner";
    },
    settings: ["requestPayer"],
    bucketArguments: ["request_payer"],
  },
  {
    type: "aws_s3_bucket_object_lock_configuration",
    read: (draft, resource) => {
      const value = objectLockOf(resource.get("object_lock_enabled") ?? "Enabled");
      applySetting(draft, "objectLock", { value, resource, argument: "object_lock_enabled" });
    },
    settings: ["objectLock"],
    bucketArguments: [],
  },
  {
    type: "aws_s3_bucket_abac",
    read: (draft, resource) => {
      const value = inBlock(firstBlock(resource.get("abac_status")), "status");
      applySetting(draft, "abac", { value, resource, argument: "abac_status" });
    },
    afterRemoval: (draft) => {
      draft.abac = "Disabled";
    },
    settings: ["abac"],
    bucketArguments: [],
  },
  // No verdict depends on their content, but each replaces the whole content of the other.
  { type: "aws_s3_bucket_lifecycle_configuration", read: () => {}, settings: [], bucketArguments: ["lifecycle_rule"] },
  { type: "aws_s3_bucket_notification", read: () => {}, settings: [], bucketArguments: [] },
  { type: "aws_s3_bucket_replication_configuration", read: () => {}, settings: [], bucketArguments: ["replication_configuration"] },
  { type: "aws_s3_bucket_logging", read: () => {}, settings: [], bucketArguments: ["logging"] },
];

/**
 * Reads a second resource for the same settings. A setting that the two set differently is unknown, because the one applied last counts.
 */
export function readRival(draft: Draft, kind: SettingResource, resource: Instance): void {
  const unknown = (setting: string) => `${setting} of this bucket, which ${resource.address} and another resource set differently`;
  readBeside(draft, kind, { resource, unknown });
}

/** Marks the settings as unknown that the resource would change, because it may belong to this bucket. */
export function leaveUnknown(draft: Draft, kind: SettingResource, resource: Instance): void {
  readBeside(draft, kind, { resource, unknown: (setting) => `whether ${resource.address} sets ${setting} of this bucket` });
}

interface Beside {
  readonly resource: Instance;
  /** The name of the placeholder for a setting that the resource would change. */
  readonly unknown: (setting: string) => string;
}

function readBeside(draft: Draft, kind: SettingResource, { resource, unknown }: Beside): void {
  const other: Draft = { ...draft, blockPublicAccess: { ...draft.blockPublicAccess }, locations: {} };
  kind.read(other, resource);
  for (const setting of kind.settings) if (draft[setting] !== other[setting]) draft[setting] = unknownText(unknown(setting));
  for (const [setting] of BLOCK_SETTINGS) {
    const differs = draft.blockPublicAccess[setting] !== other.blockPublicAccess[setting];
    if (differs) draft.blockPublicAccess[setting] = unknownText(unknown(setting));
  }
}

/** Terraform also accepts "1" and "0" as booleans. */
function booleanOf(value: unknown): unknown {
  return value === "1" ? "true" : value === "0" ? "false" : value;
}

/** Arguments that are not set are `false`. */
function readBlockPublicAccess(draft: Draft, resource: Instance): void {
  for (const [property, argument] of BLOCK_SETTINGS) {
    draft.blockPublicAccess[property] = settingOf({ value: booleanOf(resource.get(argument)), resource, argument }) ?? "false";
    draft.locations[property] = resource.locate(argument);
  }
}

/** Applies the account's Block Public Access: S3 enforces the stricter of the two. */
export function applyAccountBlock(draft: Draft, account: Instance, covers: "yes" | "no" | "maybe"): void {
  if (covers === "no") return;
  for (const [property, argument] of BLOCK_SETTINGS) {
    const value = settingOf({ value: booleanOf(account.get(argument)), resource: account, argument }) ?? "false";
    if (draft.blockPublicAccess[property] === "true" || (value !== "true" && !hasUnknown(value))) continue;
    draft.blockPublicAccess[property] = covers === "yes" ? value : unknownText(`whether ${account.address} covers this bucket`);
    draft.locations[property] = account.locate(argument);
  }
}

/** Reads the encryption rules that an argument holds. */
export function readEncryption(
  draft: Draft,
  { value: rules, resource, argument }: { readonly value: unknown; readonly resource: Instance; readonly argument: string },
): void {
  const blocks = isUnknown(rules) ? [rules] : (blocksOf(rules) ?? listOf(rules));
  const rule =
    blocks.find((each) => isUnknown(each) || ownValue(each, "apply_server_side_encryption_by_default") !== undefined) ?? blocks[0];
  const byDefault = isUnknown(rule) ? rule : firstBlock(ownValue(rule, "apply_server_side_encryption_by_default"));
  const bucketKey = booleanOf(inBlock(rule, "bucket_key_enabled"));
  applySetting(draft, "encryption", { value: inBlock(byDefault, "sse_algorithm"), resource, argument });
  applySetting(draft, "kmsKeyId", { value: inBlock(byDefault, "kms_master_key_id"), resource, argument });
  applySetting(draft, "bucketKeyEnabled", { value: bucketKey, resource, argument });
}

/** `true` or `false`, as Object Lock is written in resources of either kind. */
export function objectLockOf(value: unknown): unknown {
  return value === "Enabled" || value === true ? "true" : value === false ? "false" : value;
}
