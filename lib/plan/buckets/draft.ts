/** A bucket while it is assembled from the resources that each set a part of it. */
import type { PolicyLocation } from "../../evaluate";
import { nameUnknown, unknownText } from "../../unknown";
import { arnOfBucket } from "../resources/attributes";
import { ignoredChanges } from "../resources/ignored-changes";
import type { Instance } from "../resources/inventory";
import { refusedArguments } from "../resources/refused-arguments";
import type { IgnoredChange, PlannedBucket, PlannedPolicy, RefusedArgument, Setting } from "../types";

const BLOCK_PUBLIC_ACCESS = {
  blockPublicAcls: "block_public_acls",
  ignorePublicAcls: "ignore_public_acls",
  blockPublicPolicy: "block_public_policy",
  restrictPublicBuckets: "restrict_public_buckets",
} as const;

/** The settings of Block Public Access with their arguments. */
export const BLOCK_SETTINGS = Object.entries(BLOCK_PUBLIC_ACCESS) as [keyof typeof BLOCK_PUBLIC_ACCESS, string][];

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

export interface Draft
  extends Mutable<Omit<PlannedBucket, "accessTags" | "blockPublicAccess" | "policies" | "rivals" | "ignored" | "refused" | "locations">> {
  blockPublicAccess: Mutable<PlannedBucket["blockPublicAccess"]>;
  policies: PlannedPolicy[];
  rivals: { addresses: string[]; location: PolicyLocation }[];
  ignored: IgnoredChange[];
  refused: RefusedArgument[];
  locations: Record<string, PolicyLocation>;
  /** `Enabled` or `Disabled`; a placeholder where it is not known. */
  abac: Setting;
  /** Undefined where some are not known. */
  tags: Readonly<Record<string, string>> | undefined;
}

export function emptyDraft(resource: Instance, name: string, arn: string): Draft {
  return {
    address: resource.address,
    ...(!resource.isCertain && { isUncertain: true }),
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
    abac: undefined,
    tags: undefined,
    policies: [],
    rivals: [],
    ignored: ignoredChanges(resource),
    refused: refusedArguments(resource),
    locations: {},
  };
}

/** A bucket that the plan does not define: only its name is known, from its policy. */
export function draftOfName(policy: Instance, name: string): Draft {
  const missing = (property: string): string => unknownText(`${property} of bucket ${nameUnknown(name)}`);
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
    "abac",
  ] as const) {
    draft[property] = missing(property);
  }
  draft.isReferenced = true;
  return draft;
}

export type SettingName =
  | "encryption"
  | "kmsKeyId"
  | "bucketKeyEnabled"
  | "versioning"
  | "objectOwnership"
  | "objectLock"
  | "acl"
  | "requestPayer"
  | "abac";

/** The argument that a setting comes from. */
interface Source {
  readonly value: unknown;
  readonly resource: Instance;
  readonly argument: string;
}

/** Sets a property of the bucket, unless the argument has no value. */
export function applySetting(draft: Draft, property: SettingName, source: Source): void {
  const setting = settingOf(source);
  if (setting === undefined) return;
  draft[property] = setting;
  draft.locations[property] = source.resource.locate(source.argument);
}

/** A setting as text; a placeholder where any part of it is unknown. */
export function settingOf({ value, resource, argument }: Source): Setting {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return String(value);
  return unknownText(`${resource.address}.${argument}`);
}
