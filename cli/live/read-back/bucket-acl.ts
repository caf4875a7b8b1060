/**
 * Grants of the bucket's ACL to others than its owner.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
import type { Operations } from "../../aws";

export interface AclGrant {
  readonly to: "everybody" | "account" | "logDelivery";
  /** The grantee is a group of strangers, so that IgnorePublicAcls applies. */
  readonly isPublic: boolean;
  /** For people. */
  readonly who: string;
  readonly permission: string;
}

export function grantsToOthers({ Owner, Grants = [] }: Operations["s3:GetBucketAcl"][1]): AclGrant[] {
  return Grants.flatMap(({ Grantee, Permission = "" }): AclGrant[] => {
    const { URI, ID, EmailAddress } = Grantee ?? {};
    if (URI?.endsWith("/AllUsers")) return [{ to: "everybody", isPublic: true, who: "everybody", permission: Permission }];
    if (URI?.endsWith("/AuthenticatedUsers"))
      return [{ to: "account", isPublic: true, who: "everybody with an AWS account", permission: Permission }];
    if (URI?.endsWith("/LogDelivery")) return [{ to: "logDelivery", isPublic: false, who: "S3 log delivery", permission: Permission }];
    if (ID !== undefined && ID === Owner?.ID) return [];
    const who = URI ?? (ID === undefined ? (EmailAddress ?? "an unknown grantee") : `the canonical user ${ID}`);
    return [{ to: "account", isPublic: false, who, permission: Permission }];
  });
}

/** What a permission on a bucket allows there. An ACL with WRITE_ACP can be changed to allow the rest. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ["s3:ListBucket"],
  WRITE: ["s3:PutObject"],
  WRITE_ACP: ["s3:ListBucket", "s3:PutObject"],
  FULL_CONTROL: ["s3:ListBucket", "s3:PutObject"],
};

export function grantsAction({ permission }: Pick<AclGrant, "permission">, action: string): boolean {
  return ACTIONS[permission]?.includes(action) ?? false;
}

/** What S3 needs to store access logs, which it does only for buckets of the same account. */
const FOR_LOGS: readonly string[] = ["WRITE", "READ_ACP"];

export function isOfLogDelivery({ to, permission }: AclGrant): boolean {
  return to === "logDelivery" && FOR_LOGS.includes(permission);
}
