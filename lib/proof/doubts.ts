import { AWS_DEFAULTS } from "../judge";
import type { IgnoredChange, PlannedBucket, PlannedRole } from "../plan";
import { hasUnknown, showUnknown } from "../unknown";
import type { Doubts } from "./types";

/** Arguments that do not decide about requests. */
const NOT_OF_ACCESS = ["server_side_encryption_configuration", "versioning", "versioning_configuration"];

interface Delivered {
  readonly bucket: PlannedBucket | undefined;
  readonly role: PlannedRole | undefined;
  /** Whether bucket and role may be in different accounts. */
  readonly mayDiffer: boolean;
  /** Whether the vendor's requests come from its own account, and the contract does not let it own the objects that it writes. */
  readonly mustNotOwnObjects: boolean;
  /** Whether the contract grants the vendor to set the ACLs of objects. */
  readonly setsAcls: boolean;
}

export function doubtsOf({ bucket, role, mayDiffer, mustNotOwnObjects, setsAcls }: Delivered): Doubts {
  return {
    bucket: ignoredIn(bucket?.ignored),
    role: [...ignoredIn(role?.ignored), ...(mayDiffer ? ["whether the bucket is in the account of the role"] : [])],
    acl: bucket === undefined ? [] : [...doubtsOfAcl(bucket), ...(setsAcls ? doubtsOfObjectAcls(bucket) : [])],
    owner: mustNotOwnObjects && bucket !== undefined ? doubtsOfOwner(bucket) : [],
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

/** Without Block Public Access, whoever may set the ACL of an object can open it to everybody. */
function doubtsOfObjectAcls({ objectOwnership = AWS_DEFAULTS.objectOwnership, blockPublicAccess }: PlannedBucket): string[] {
  const { blockPublicAcls, ignorePublicAcls } = blockPublicAccess;
  if (objectOwnership === "BucketOwnerEnforced" || blockPublicAcls === "true" || ignorePublicAcls === "true") return [];
  const unknown = [objectOwnership, blockPublicAcls, ignorePublicAcls].filter((setting) => setting !== undefined && hasUnknown(setting));
  if (unknown.length > 0) return unknown.map((setting) => notKnown(setting!));
  return ["the ACLs of objects, by which the vendor can give everybody access to them"];
}

/** The bucket policy does not decide about objects of another owner. */
function doubtsOfOwner({ objectOwnership = AWS_DEFAULTS.objectOwnership }: PlannedBucket): string[] {
  if (hasUnknown(objectOwnership)) return [notKnown(objectOwnership)];
  if (objectOwnership !== "ObjectWriter") return [];
  return ["the ACLs of the objects that the vendor writes, because they may belong to the vendor's account"];
}

function notKnown(setting: string): string {
  return `${showUnknown(setting)}, which is not known`;
}
