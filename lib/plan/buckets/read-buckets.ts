/** The buckets that a plan describes, put together from the many resources that each set a part of one. */

import type { PolicyLocation } from "../../evaluate";
import { dig, isObject, listOf, own } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { isUnknown } from "../expression/value";
import { arnOf, arnOfBucket, bucketName, bucketRegion } from "../resources/attributes";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import { blocksOf } from "../resources/policy-document";
import { isAstray, possibleOwnersOf } from "../resources/unresolved-owner";
import type { IgnoredChange, PlannedBucket, PlannedPolicy, Setting } from "../types";

const BLOCK_PUBLIC_ACCESS = {
  blockPublicAcls: "block_public_acls",
  ignorePublicAcls: "ignore_public_acls",
  blockPublicPolicy: "block_public_policy",
  restrictPublicBuckets: "restrict_public_buckets",
} as const;
const BLOCK_SETTINGS = Object.entries(BLOCK_PUBLIC_ACCESS) as [keyof typeof BLOCK_PUBLIC_ACCESS, string][];

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
interface Draft extends Mutable<Omit<PlannedBucket, "blockPublicAccess" | "policies" | "rivals" | "ignored" | "locations">> {
  blockPublicAccess: Mutable<PlannedBucket["blockPublicAccess"]>;
  policies: PlannedPolicy[];
  rivals: { addresses: string[]; location: PolicyLocation }[];
  ignored: IgnoredChange[];
  locations: Record<string, PolicyLocation>;
}

export function readBuckets(inventory: Inventory): PlannedBucket[] {
  const byName = new Map<string, Draft>();
  const drafts: Draft[] = [];
  const legacy: [Draft, Instance][] = [];
  for (const bucket of inventory.instances("aws_s3_bucket")) {
    const draft = emptyDraft(bucket, bucketName(bucket), arnOf(bucket));
    draft.region = settingOf(bucketRegion(bucket), bucket, "region");
    drafts.push(draft);
    byName.set(draft.name, draft);
    legacy.push([draft, bucket]);
    readLegacy(draft, bucket);
  }
  // The provider's key: settings of a whole account reach the buckets of the same provider.
  const providers = new Map(legacy.map(([draft, bucket]) => [draft, bucket.provider.key]));
  readPolicies(inventory, drafts, byName, providers);
  for (const [draft, bucket] of legacy) readLegacyPolicy(draft, bucket, inventory);
  const names = new Set(byName.keys());
  for (const [type, read, settings] of PARTS) {
    const seen = new Map<Draft, Instance>(
      legacy.filter(([, bucket]) => (LEGACY.get(type) ?? []).some((name) => bucket.isConfigured(name))),
    );
    const parts = inventory.instances(type);
    for (const part of parts) {
      if (!isAstray(bucketOf(part), names)) continue;
      for (const draft of perhapsOf(bucketOf(part), drafts)) leaveOpen(draft, settings, part);
    }
    for (const part of parts) {
      const draft = byName.get(bucketOf(part));
      if (draft === undefined) continue;
      read(draft, part);
      draft.ignored.push(...ignoredChanges(part));
      const rival = seen.get(draft);
      if (rival === undefined) seen.set(draft, part);
      else draft.rivals.push({ addresses: [rival.address, part.address], location: part.location });
    }
  }
  for (const account of inventory.instances("aws_s3_account_public_access_block")) {
    for (const draft of drafts) if (providers.get(draft) === account.provider.key) applyAccountBlock(draft, account);
  }
  for (const draft of drafts) reportTwoPolicies(draft, inventory);
  return drafts;
}

function emptyDraft(resource: Instance, name: string, arn: string): Draft {
  return {
    address: resource.address,
    location: resource.location,
    name,
    arn,
    region: undefined,
    account: resource.provider.account,
    blockPublicAccess: {
      blockPublicAcls: undefined,
      ignorePublicAcls: undefined,
      blockPublicPolicy: undefined,
      restrictPublicBuckets: undefined,
    },
    encryption: undefined,
    kmsKeyId: undefined,
    bucketKeyEnabled: undefined,
    versioning: undefined,
    objectOwnership: undefined,
    objectLock: undefined,
    acl: undefined,
    policies: [],
    rivals: [],
    ignored: ignoredChanges(resource),
    locations: {},
  };
}

/** The bucket is not in the plan: all that is known of it is its name. */
function foreignDraft(policy: Instance, name: string): Draft {
  const missing = (property: string): string => unknownText(`${property} of bucket ${unmarked(name)}`);
  const draft = emptyDraft(policy, name, arnOfBucket(name, policy.provider.partition));
  for (const [property] of BLOCK_SETTINGS) draft.blockPublicAccess[property] = missing(property);
  for (const property of [
    "region",
    "encryption",
    "kmsKeyId",
    "bucketKeyEnabled",
    "versioning",
    "objectOwnership",
    "objectLock",
    "acl",
  ] as const) {
    draft[property] = missing(property);
  }
  return draft;
}

function unmarked(text: string): string {
  return text.replaceAll("\u0000", "");
}

/** The text in `bucket`, which is the bucket's name however the plan refers to it. */
function bucketOf(part: Instance): string {
  const bucket = part.get("bucket");
  return typeof bucket === "string" && bucket !== "" ? bucket : unknownText(`${part.address}.bucket`);
}

/** The buckets that a name which is not known may be. */
function perhapsOf(name: string, drafts: readonly Draft[]): Draft[] {
  const leads = possibleOwnersOf(
    name,
    drafts.map(({ address }) => address),
  );
  return drafts.filter(({ address }) => leads(address));
}

/** The bucket of which the policy speaks, as it may speak of its own bucket only. */
function subjectOf(policy: unknown, drafts: readonly Draft[]): Draft | undefined {
  const text: unknown = isUnknown(policy) ? undefined : policy;
  if (typeof text !== "string") return undefined;
  return drafts.find(({ arn }) => text.includes(`"${arn}"`) || text.includes(`"${arn}/`));
}

function readPolicies(inventory: Inventory, drafts: Draft[], byName: Map<string, Draft>, providers: Map<Draft, string>): void {
  const names = new Set(byName.keys());
  const astray: [Instance, Draft[]][] = [];
  for (const resource of inventory.instances("aws_s3_bucket_policy")) {
    const name = bucketOf(resource);
    const policy = resource.get("policy");
    const perhaps = isAstray(name, names) ? perhapsOf(name, drafts) : [];
    let draft = byName.get(name) ?? subjectOf(policy, perhaps);
    if (draft === undefined && perhaps.length > 0) {
      astray.push([resource, perhaps]);
      continue;
    }
    if (draft === undefined) {
      draft = foreignDraft(resource, name);
      drafts.push(draft);
      byName.set(name, draft);
      providers.set(draft, resource.provider.key);
    } else draft.ignored.push(...ignoredChanges(resource));
    const location = resource.locate("policy");
    draft.policies.push(plannedPolicy(policy, `${resource.address}.policy`, location, inventory.problems));
    draft.locations.policies ??= location;
  }
  for (const [{ address, location }, perhaps] of astray) {
    const document = unknownText(`whether ${address} is the policy of this bucket`);
    for (const draft of perhaps) draft.policies.push({ document, location, perhaps: true });
  }
}

function reportTwoPolicies(draft: Draft, inventory: Inventory): void {
  const policies = draft.policies.filter(({ perhaps }) => !perhaps);
  if (policies.length < 2) return;
  const places = policies.map(({ location }) => location.address).join(" and ");
  const message = `the bucket ${JSON.stringify(draft.name)} has ${policies.length} bucket policies, ${places}: each overwrites the other; merge them`;
  inventory.problems.add("two-bucket-policies", message.replaceAll("\\u0000", ""), policies[1]!.location);
}

/** A setting as text; a placeholder where any of it is not known. */
function settingOf(value: unknown, resource: Instance, attribute: string): Setting {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return String(value);
  return unknownText(`${resource.address}.${attribute}`);
}

type SettingName =
  | "encryption"
  | "kmsKeyId"
  | "bucketKeyEnabled"
  | "versioning"
  | "objectOwnership"
  | "objectLock"
  | "acl"
  | "requestPayer";

function set(draft: Draft, property: SettingName, value: unknown, resource: Instance, attribute: string): void {
  const setting = settingOf(value, resource, attribute);
  if (setting === undefined) return;
  draft[property] = setting;
  draft.locations[property] = resource.locate(attribute);
}

/** The first of nested blocks; a placeholder where it is not known whether there is one. */
function firstBlock(blocks: unknown): unknown {
  if (Array.isArray(blocks)) return blocks.find((block) => isObject(block) || isUnknown(block));
  return isObject(blocks) || isUnknown(blocks) ? blocks : undefined;
}

/** `block.attribute`, where a block that is not known makes its attributes so. */
function inBlock(block: unknown, attribute: string): unknown {
  return isUnknown(block) ? unknownText(`${unmarked(block)}.${attribute}`) : own(block, attribute);
}

const PARTS: readonly (readonly [type: string, read: (draft: Draft, part: Instance) => void, settings: readonly SettingName[]])[] = [
  ["aws_s3_bucket_public_access_block", readBlockPublicAccess, []],
  [
    "aws_s3_bucket_server_side_encryption_configuration",
    (draft, part) => readEncryption(draft, part, "rule", part.get("rule")),
    ["encryption", "bucketKeyEnabled"],
  ],
  ["aws_s3_bucket_versioning", (draft, part) => readOne(draft, part, "versioning", "versioning_configuration", "status"), ["versioning"]],
  [
    "aws_s3_bucket_ownership_controls",
    (draft, part) => readOne(draft, part, "objectOwnership", "rule", "object_ownership"),
    ["objectOwnership"],
  ],
  ["aws_s3_bucket_acl", readAcl, []],
  ["aws_s3_bucket_request_payment_configuration", (draft, part) => set(draft, "requestPayer", part.get("payer"), part, "payer"), []],
  [
    "aws_s3_bucket_object_lock_configuration",
    (draft, part) => set(draft, "objectLock", lockOf(part.get("object_lock_enabled") ?? "Enabled"), part, "object_lock_enabled"),
    [],
  ],
];

/** Arguments of `aws_s3_bucket` that set the same as a resource of the type. */
const LEGACY: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_s3_bucket_acl", ["acl", "grant"]],
  ["aws_s3_bucket_request_payment_configuration", ["request_payer"]],
  ["aws_s3_bucket_server_side_encryption_configuration", ["server_side_encryption_configuration"]],
  ["aws_s3_bucket_versioning", ["versioning"]],
]);

/** A resource of which nobody knows whether it is a part of this bucket: what nothing else sets may be set by it. */
function leaveOpen(draft: Draft, settings: readonly SettingName[], astray: Instance): void {
  const open = (setting: string) => unknownText(`whether ${astray.address} sets ${setting} of this bucket`);
  for (const setting of settings) draft[setting] ??= open(setting);
  if (astray.type !== "aws_s3_bucket_public_access_block") return;
  for (const [setting] of BLOCK_SETTINGS) draft.blockPublicAccess[setting] ??= open(setting);
}

function readOne(draft: Draft, part: Instance, property: SettingName, block: string, attribute: string): void {
  const value = inBlock(firstBlock(part.get(block)), attribute);
  set(draft, property, value, part, block);
}

/** Terraform takes `1` and `0` in quotes for truth values. */
function truthOf(value: unknown): unknown {
  return value === "1" ? "true" : value === "0" ? "false" : value;
}

/** Arguments that are left out are `false`. */
function readBlockPublicAccess(draft: Draft, part: Instance): void {
  for (const [property, attribute] of BLOCK_SETTINGS) {
    draft.blockPublicAccess[property] = settingOf(truthOf(part.get(attribute)), part, attribute) ?? "false";
    draft.locations[property] = part.locate(attribute);
  }
}

/** S3 applies the stricter one of the bucket's and the account's settings. */
function applyAccountBlock(draft: Draft, account: Instance): void {
  for (const [property, attribute] of BLOCK_SETTINGS) {
    const value = settingOf(truthOf(account.get(attribute)), account, attribute) ?? "false";
    if (draft.blockPublicAccess[property] === "true" || (value !== "true" && !hasUnknown(value))) continue;
    draft.blockPublicAccess[property] = value;
    draft.locations[property] = account.locate(attribute);
  }
}

function readEncryption(draft: Draft, resource: Instance, attribute: string, rules: unknown): void {
  const blocks = isUnknown(rules) ? [rules] : (blocksOf(rules) ?? listOf(rules));
  const rule = blocks.find((each) => isUnknown(each) || own(each, "apply_server_side_encryption_by_default") !== undefined) ?? blocks[0];
  const byDefault = isUnknown(rule) ? rule : firstBlock(own(rule, "apply_server_side_encryption_by_default"));
  set(draft, "encryption", inBlock(byDefault, "sse_algorithm"), resource, attribute);
  set(draft, "kmsKeyId", inBlock(byDefault, "kms_master_key_id"), resource, attribute);
  set(draft, "bucketKeyEnabled", truthOf(inBlock(rule, "bucket_key_enabled")), resource, attribute);
}

function lockOf(value: unknown): unknown {
  return value === "Enabled" || value === true ? "true" : value === false ? "false" : value;
}

function readAcl(draft: Draft, part: Instance): void {
  const canned = part.get("acl");
  const policy = firstBlock(part.get("access_control_policy"));
  const owner = firstBlock(own(policy, "owner"));
  if (isObject(policy)) set(draft, "acl", cannedFor(own(policy, "grant"), part, own(owner, "id")), part, "access_control_policy");
  else set(draft, "acl", canned ?? policy, part, "acl");
}

/** The canned ACL that says the same of the public; `foreign` for a grant to another account, `custom` for others that no canned ACL makes. */
function cannedFor(grants: unknown, resource: Instance, owner?: unknown): string {
  const blocks = blocksOf(grants);
  if (blocks === undefined) return unknownText(`${resource.address}.grant`);
  let result = "custom";
  for (const block of blocks) {
    const grantee = blocksOf(own(block, "grantee"))?.[0] ?? block;
    const uri = dig(grantee, "uri");
    const permissions = own(block, "permissions") ?? [own(block, "permission")];
    if (result === "custom" && isForeign(dig(grantee, "id") ?? dig(grantee, "email_address"), owner)) result = "foreign";
    if (typeof uri !== "string" || uri === "") continue;
    if (hasUnknown(uri)) return unknownText(`${resource.address}.grant`);
    const writes = listOf(permissions).some((permission) => permission !== "READ" && permission !== "READ_ACP");
    if (uri.endsWith("/AllUsers")) result = writes || result === "public-read-write" ? "public-read-write" : "public-read";
    else if (uri.endsWith("/AuthenticatedUsers") && (result === "custom" || result === "foreign")) result = "authenticated-read";
  }
  return result;
}

/** Whether a grantee is somebody else: what is not known may be the owner. */
function isForeign(grantee: unknown, owner: unknown): boolean {
  return typeof grantee === "string" && grantee !== "" && !hasUnknown(grantee) && grantee !== owner;
}

/** Arguments of `aws_s3_bucket` itself, from before version 4 of the provider, which states still carry as attributes. */
function readLegacy(draft: Draft, bucket: Instance): void {
  draft.locations.region = bucket.locate("region");
  const known = (attribute: string): unknown => {
    const value = bucket.get(attribute);
    return isUnknown(value) && !bucket.isConfigured(attribute) ? undefined : value;
  };
  set(draft, "acl", known("acl"), bucket, "acl");
  if (bucket.get("acl") === undefined && bucket.isConfigured("grant"))
    set(draft, "acl", cannedFor(bucket.get("grant"), bucket), bucket, "grant");
  const encryption = firstBlock(known("server_side_encryption_configuration"));
  if (encryption !== undefined)
    readEncryption(draft, bucket, "server_side_encryption_configuration", isUnknown(encryption) ? encryption : own(encryption, "rule"));
  const enabled = inBlock(firstBlock(known("versioning")), "enabled");
  set(draft, "versioning", legacyVersioning(enabled, bucket), bucket, "versioning");
  const lock = firstBlock(known("object_lock_configuration"));
  set(draft, "objectLock", lockOf(inBlock(lock, "object_lock_enabled")), bucket, "object_lock_configuration");
  set(draft, "objectLock", lockOf(known("object_lock_enabled")), bucket, "object_lock_enabled");
  set(draft, "requestPayer", known("request_payer"), bucket, "request_payer");
}

/** The attribute does not tell a bucket that never was versioned from one whose versioning is suspended. */
function legacyVersioning(enabled: unknown, bucket: Instance): unknown {
  if (enabled === true || enabled === "true") return "Enabled";
  if (enabled !== false && enabled !== "false") return enabled;
  return bucket.isConfigured("versioning") ? "Disabled" : unknownText(`${bucket.address}.versioning, disabled or suspended`);
}

/** The attribute repeats what a resource of its own has written, so it counts only where it is an argument, or where there is no other. */
function readLegacyPolicy(draft: Draft, bucket: Instance, inventory: Inventory): void {
  const policy = bucket.get("policy");
  const configured = bucket.isConfigured("policy");
  if (policy === undefined || policy === null || policy === "" || (!configured && (draft.policies.length > 0 || isUnknown(policy)))) return;
  if (!configured && inventory.removed("aws_s3_bucket_policy").some((before) => own(before, "bucket") === draft.name)) return;
  draft.policies.unshift(plannedPolicy(policy, `${bucket.address}.policy`, bucket.locate("policy"), inventory.problems));
  draft.locations.policies ??= bucket.locate("policy");
}
