import { AWS_DEFAULTS } from "../judge";
import type { IgnoredChange, PlannedBucket, PlannedRole } from "../plan";
import { hasUnknown, showUnknown } from "../unknown";
import type { Doubts } from "./types";

/** Arguments that do not decide about requests. */
const NOT_OF_ACCESS = ["server_side_encryption_configuration", "versioning", "versioning_configuration"];

/** @param mayDiffer whether bucket and role may be in different accounts */
export function doubtsOf(bucket: PlannedBucket | undefined, role: PlannedRole | undefined, mayDiffer: boolean): Doubts {
  return {
    bucket: ignoredIn(bucket?.ignored),
    role: [...ignoredIn(role?.ignored), ...(mayDiffer ? ["whether the bucket is in the account of the role"] : [])],
    acl: bucket === undefined ? [] : doubtsOfAcl(bucket),
  };
}

function ignoredIn(ignored: readonly IgnoredChange[] = []): string[] {
  return ignored
    .filter(({ address, argument }) => !NOT_OF_ACCESS.includes(argument) && !address.includes("server_side_encryption"))
    .map(({ address, argument }) => `the value of ${address}.${argument} in AWS, because Terraform ignores changes to it`);
}

const PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read"];

/** If ACLs are enabled, an ACL grants access that no policy shows. */
function doubtsOfAcl({ acl, objectOwnership = AWS_DEFAULTS.objectOwnership, blockPublicAccess }: PlannedBucket): string[] {
  if (objectOwnership === "BucketOwnerEnforced" || acl === undefined) return [];
  const isOpen = PUBLIC_ACLS.includes(acl) ? blockPublicAccess.ignorePublicAcls !== "true" : acl === "foreign";
  return isOpen || hasUnknown(acl) ? [`the bucket's ACL, ${showUnknown(acl)}`] : [];
}
