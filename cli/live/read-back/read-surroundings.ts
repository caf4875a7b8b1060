/**
 * Reads what surrounds the bucket: Block Public Access of its account, its access points, and the policies of the organization. Many
 * deployers may not read these. Unread parts are listed as not checked, and make no result unknown.
 */
import type { PlannedDataFlow } from "../../../lib/plan";
import type { Aws } from "../../aws";
import type { AccountBlock } from "./account-block";
import { AccountReader, isFailure, NOT_SET } from "./account-reader";
import { allPages } from "./pages";
import { type LiveAccessPoint, readAccessPoints } from "./read-access-points";
import type { OrganizationReading, Organizations } from "./read-organization";
import { type Unseen, unseen } from "./unseen";

export interface Surroundings extends OrganizationReading {
  readonly accountBlock: AccountBlock;
  /** What the policies of access points allow. */
  readonly accessPoints: readonly PlannedDataFlow[];
  /** Grants of S3 Access Grants. */
  readonly grants: readonly PlannedDataFlow[];
  readonly points: readonly LiveAccessPoint[];
  /** All access points were listed. */
  readonly hasAllPoints: boolean;
}

export interface SurroundingsOptions {
  readonly aws: Aws;
  readonly bucket: string;
  /** The account that owns the bucket. */
  readonly account: string;
  /** The account of the role, which may be another one than the bucket's. */
  readonly roleAccount: string | undefined;
  readonly organizations: Organizations;
  /** Account of the caller, if it is known. */
  readonly caller: string | undefined;
  readonly signal: AbortSignal;
}

export async function readSurroundings(options: SurroundingsOptions): Promise<Surroundings> {
  const { aws, bucket, account, roleAccount = account, organizations, caller, signal } = options;
  const reader = new AccountReader(aws, signal);
  const [block, points, grants, organization, ofRole] = await Promise.all([
    reader.read("s3control:GetPublicAccessBlock", { AccountId: account }),
    readAccessPoints({ bucket, account }, reader),
    readAccessGrants(account, reader),
    organizations.of(account, { aws, caller }),
    roleAccount === account ? undefined : organizations.of(roleAccount, { aws, caller }),
  ]);
  const blockUnseen = isFailure(block) ? [unseen("Block Public Access of the account", "s3control:GetPublicAccessBlock", block)] : [];
  const ofRoleUnseen = ofRole?.unseen.map((one) => ({ ...one, subject: `SCPs and RCPs of account ${roleAccount}` })) ?? [];
  return {
    ...organization,
    policies: [...organization.policies, ...(ofRole?.policies ?? [])],
    accountBlock: isFailure(block) || block === NOT_SET ? {} : (block.PublicAccessBlockConfiguration ?? {}),
    accessPoints: points.flows,
    grants: grants.flows,
    points: points.points,
    hasAllPoints: points.isWhole,
    unseen: [...blockUnseen, ...points.unseen, ...grants.unseen, ...organization.unseen, ...ofRoleUnseen],
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants.html */
async function readAccessGrants(
  account: string,
  reader: AccountReader,
): Promise<{ readonly flows: readonly PlannedDataFlow[]; readonly unseen: readonly Unseen[] }> {
  const operation = "s3control:ListAccessGrants";
  const { items, failure } = await allPages({
    read: (NextToken) => reader.read(operation, { AccountId: account, ...(NextToken && { NextToken }) }),
    itemsOf: ({ AccessGrantsList }) => AccessGrantsList,
    nextOf: ({ NextToken }) => NextToken,
  });
  const flows = items.map(({ AccessGrantId = "", AccessGrantArn = AccessGrantId, Grantee, GrantScope = "s3://" }): PlannedDataFlow => {
    const { GranteeType, GranteeIdentifier } = Grantee ?? {};
    const grantee = GranteeType === "IAM" ? GranteeIdentifier : undefined;
    return {
      kind: "grant",
      means: `the grant ${AccessGrantId} of S3 Access Grants`,
      source: GrantScope,
      recipients: [grantee ?? `the directory's user or group ${GranteeIdentifier}`],
      address: AccessGrantArn,
      location: { file: AccessGrantArn, address: ACCESS_GRANTS },
    };
  });
  return { flows, unseen: failure ? [unseen(ACCESS_GRANTS, operation, failure)] : [] };
}

export const ACCESS_GRANTS = "S3 Access Grants";
