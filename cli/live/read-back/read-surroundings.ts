/**
 * Reads what surrounds the bucket: Block Public Access of its account, its access points, and the policies of the organization. Many
 * deployers may not read these. Unread parts are listed as not checked, and make no result unknown.
 */
import type { PlannedDataFlow } from "../../../lib/plan";
import type { Aws } from "../../aws";
import type { AccountBlock } from "./account-block";
import { AccountReader, isFailure, NOT_SET } from "./account-reader";
import { type LiveAccessPoint, readAccessPoints } from "./read-access-points";
import type { OrganizationReading, Organizations } from "./read-organization";
import { unseen } from "./unseen";

export interface Surroundings extends OrganizationReading {
  readonly accountBlock: AccountBlock;
  /** What the policies of access points allow. */
  readonly accessPoints: readonly PlannedDataFlow[];
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
  const [block, points, organization, ofRole] = await Promise.all([
    reader.read("s3control:GetPublicAccessBlock", { AccountId: account }),
    readAccessPoints({ bucket, account }, reader),
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
    points: points.points,
    hasAllPoints: points.isWhole,
    unseen: [...blockUnseen, ...points.unseen, ...organization.unseen, ...ofRoleUnseen],
  };
}
