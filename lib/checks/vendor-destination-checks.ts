import type { DestinationBucketProps } from "../destination-bucket-props";
import * as errors from "../errors";
import { brokenKeyPrefixRule } from "../policy";
import { isKnown } from "../tokens";
import type { VendorDestinationProps } from "../vendor-destination-props";
import { ExternalIdUse, ObjectOwnership, type VendorProfile } from "../vendors";

/** Fails on a path that is known and wrong. */
export function checkKeyPrefix(prop: string, path: string | undefined, at: string): void {
  if (!isKnown(path)) return;
  const rule = brokenKeyPrefixRule(path);
  if (rule) throw errors.malformedKeyPrefix(prop, rule, path, at);
}

/** Fails where the way in contradicts what the vendor documents. */
export function checkAccess({ vendor, access }: VendorDestinationProps, at: string): void {
  const { vendorName, accessMethods, externalId } = vendor.facts;
  if (!accessMethods.includes(access.door)) throw errors.unsupportedDoor(vendorName, accessMethods, access.door, at);
  if (access.principals.length === 0) throw errors.noPrincipals(at);
  const externalIds = access.assumedRoleOptions?.externalIds ?? [];
  if (externalId === ExternalIdUse.REQUIRED && externalIds.length === 0) throw errors.externalIdRequired(vendorName, at);
  if (externalId === ExternalIdUse.NONE && externalIds.length > 0) throw errors.externalIdRefused(vendorName, at);
}

/** The settings of a bucket that a vendor may care about. */
type BucketSettings = Pick<DestinationBucketProps, "bucketName" | "encryption" | "versioning" | "objectOwnership">;

/** Fails where the bucket contradicts what the vendor documents. */
export function checkBucket(bucket: BucketSettings, vendor: VendorProfile, at: string): void {
  const { vendorName, encryptions, versioning, bucketNamePrefix, bucketNameWithoutDots, documentedPermissions } = vendor.facts;
  if (bucket.encryption !== undefined && encryptions?.includes(bucket.encryption) === false) {
    throw errors.unsupportedEncryption(vendorName, encryptions, bucket.encryption, at);
  }
  if (versioning !== undefined && bucket.versioning !== undefined && versioning !== bucket.versioning) {
    throw errors.unsupportedVersioning(vendorName, versioning, bucket.versioning, at);
  }
  const required = vendor.facts.objectOwnership;
  if (required !== undefined && bucket.objectOwnership !== undefined && required !== bucket.objectOwnership) {
    throw errors.unsupportedOwnership(vendorName, required, bucket.objectOwnership, at);
  }
  const setsAcls = documentedPermissions.objectActions.includes("s3:PutObjectAcl");
  if (setsAcls && bucket.objectOwnership === ObjectOwnership.BUCKET_OWNER_ENFORCED) {
    throw errors.aclRightsWithoutAcls(vendorName, bucket.objectOwnership, at);
  }
  const { bucketName } = bucket;
  if (bucketName !== undefined && !isKnown(bucketName)) return;
  if (bucketNamePrefix !== undefined && bucketName?.startsWith(bucketNamePrefix) !== true) {
    throw errors.bucketNameRefusedByVendor("bucketName", `must begin with "${bucketNamePrefix}" for ${vendorName}`, bucketName, at);
  }
  if (bucketNameWithoutDots && bucketName?.includes(".")) {
    throw errors.bucketNameRefusedByVendor("bucketName", `may not hold a dot for ${vendorName}`, bucketName, at);
  }
}
