import * as errors from "../errors";
import { keyPrefixOf } from "../names";
import { choice, keyPrefix, listOf, objectLike, objectWith, optional, optionalNarrowing, type Rules, struct } from "../props";
import { isKnown } from "../tokens";
import {
  BucketEncryption,
  type BucketVersioning,
  CADENCE_RULES,
  ExternalIdUse,
  ObjectOwnership,
  type VendorAccessMethod,
  VendorPermissions,
  type VendorProfile,
} from "../vendors";
import { BUCKET_RULES } from "./bucket-checks";
import { checkProps } from "./check-props";
import { CONNECTION_FIELD } from "./connection-checks";
import { ASSUMED_ROLE_RULES } from "./role-checks";
import { VALIDATION_RULES } from "./validation-checks";

/** Rules for `DestinationOptions`. */
export const DESTINATION_OPTIONS_RULES: Rules = {
  ...BUCKET_RULES,
  bucket: optional(objectWith("a DestinationBucket", "bucketArn", "addToResourcePolicy")),
  permissions: optionalNarrowing(choice(VendorPermissions)),
  validation: optional(struct(VALIDATION_RULES)),
};

/** Rules for `VendorDestinationProps`. */
const DESTINATION_RULES: Rules = {
  ...DESTINATION_OPTIONS_RULES,
  vendor: objectLike({
    type: "a VendorProfile",
    members: ["facts", "permissionSet"],
    remedy: "give a member of KnownVendors, or a VendorProfile of your own",
  }),
  access: objectLike({
    type: "a VendorAccess",
    members: ["method", "principals"],
    remedy: "give VendorAccess.assumedRole(…) or VendorAccess.bucketPolicy(…)",
  }),
  keyPrefix: optionalNarrowing(keyPrefix),
  additionalKeyPrefixes: optionalNarrowing(listOf(keyPrefix)),
  cadence: optional(struct(CADENCE_RULES)),
  additionalConnectionFields: optional(listOf(CONNECTION_FIELD)),
};

interface DestinationProps {
  readonly vendor: VendorProfile;
  readonly access: {
    readonly method: VendorAccessMethod;
    readonly principals: readonly unknown[];
    readonly assumedRoleOptions?: { readonly externalIds?: readonly string[] };
  };
  readonly keyPrefix?: string;
  readonly additionalKeyPrefixes?: readonly string[];
}

/** Throws if a prop of a destination is known and wrong, or if the vendor does not document the access method. */
export function checkDestinationProps(props: DestinationProps, at: string): void {
  checkProps(DESTINATION_RULES, props, at);
  const { vendor, access } = props;
  const { vendorName, accessMethods, externalId } = vendor.facts;
  if (!accessMethods.includes(access.method)) {
    throw errors.unsupportedAccessMethod({ prop: "access", got: access.method, at }, vendorName, accessMethods);
  }
  if (access.principals.length === 0) throw errors.noPrincipals(at);
  if (access.assumedRoleOptions) checkProps(ASSUMED_ROLE_RULES, access.assumedRoleOptions, at);
  const externalIds = access.assumedRoleOptions?.externalIds ?? [];
  if (externalId === ExternalIdUse.REQUIRED && externalIds.length === 0) throw errors.externalIdRequired(vendorName, at);
  if (externalId === ExternalIdUse.NONE && externalIds.length > 0) throw errors.externalIdRefused(vendorName, at);
  const additional = (props.additionalKeyPrefixes ?? []).map((got, index) => ({ prop: `additionalKeyPrefixes[${index}]`, got }));
  checkPathsDiffer([{ prop: "keyPrefix", got: props.keyPrefix }, ...additional], at);
}

/** Throws if two deliveries of one vendor have the same path. */
export function checkPathsDiffer(paths: readonly { readonly prop: string; readonly got: string | undefined }[], at: string): void {
  const known = paths.filter(({ got }) => isKnown(got));
  for (const [index, path] of known.entries()) {
    const other = known.slice(0, index).find(({ got }) => keyPrefixOf(got) === keyPrefixOf(path.got));
    if (other) throw errors.equalPaths({ ...path, at }, other.prop);
  }
}

/** The settings of a bucket that a vendor may care about. */
interface BucketSettings {
  readonly bucketName?: string;
  readonly encryption?: BucketEncryption;
  readonly kmsKeyArn?: string;
  readonly versioning?: BucketVersioning;
  readonly objectOwnership?: ObjectOwnership;
}

/** A bucket that a vendor is to deliver into. */
export interface VendorBucket {
  readonly vendor: VendorProfile;
  readonly settings: BucketSettings;
  /** Whether the bucket was given to the destination. */
  readonly isShared: boolean;
  /** Path of the destination. */
  readonly at: string;
}

/** Throws if the bucket contradicts what the vendor documents. */
export function checkVendorBucket({ vendor, settings, isShared, at }: VendorBucket): void {
  const { vendorName, encryptions, versioning, documentedPermissions, objectOwnership } = vendor.facts;
  const setting = (name: keyof BucketSettings) => ({ prop: isShared ? `bucket.${name}` : name, got: settings[name], isShared, at });
  if (isKnown(settings.encryption) && encryptions?.includes(settings.encryption) === false) {
    throw errors.unsupportedEncryption(setting("encryption"), vendorName, encryptions);
  }
  if (settings.kmsKeyArn !== undefined && encryptions?.includes(BucketEncryption.SSE_KMS) === false) {
    throw errors.unsupportedKmsKey({ prop: "kmsKeyArn", got: settings.kmsKeyArn, at }, vendorName, encryptions);
  }
  if (versioning !== undefined && isKnown(settings.versioning) && versioning !== settings.versioning) {
    throw errors.unsupportedVersioning(setting("versioning"), vendorName, versioning);
  }
  if (objectOwnership !== undefined && isKnown(settings.objectOwnership) && objectOwnership !== settings.objectOwnership) {
    throw errors.unsupportedOwnership(setting("objectOwnership"), vendorName, objectOwnership);
  }
  const setsAcls = documentedPermissions.objectActions.includes("s3:PutObjectAcl");
  if (setsAcls && settings.objectOwnership === ObjectOwnership.BUCKET_OWNER_ENFORCED) {
    throw errors.aclRightsWithoutAcls(setting("objectOwnership"), vendorName);
  }
  checkVendorBucketName(vendor, settings.bucketName, at);
}

function checkVendorBucketName({ facts }: VendorProfile, bucketName: string | undefined, at: string): void {
  if (bucketName !== undefined && !isKnown(bucketName)) return;
  const { vendorName, bucketNamePrefix, bucketNameWithoutDots } = facts;
  const value = { prop: "bucketName", got: bucketName, at };
  if (bucketNamePrefix !== undefined && bucketName?.startsWith(bucketNamePrefix) !== true) {
    throw errors.bucketNameRefusedByVendor(value, `must begin with "${bucketNamePrefix}" for ${vendorName}`);
  }
  if (bucketNameWithoutDots && bucketName?.includes(".")) {
    throw errors.bucketNameRefusedByVendor(value, `must not contain a dot for ${vendorName}`);
  }
}
