/**
 * Block Public Access of the account. The stricter of its settings and those of the bucket apply.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import type { PlannedBucket } from "../../../lib/plan";
import type { Operations } from "../../aws";

/** The settings of an account; empty if it has none, or they could not be read. */
export type AccountBlock = NonNullable<Operations["s3control:GetPublicAccessBlock"][1]["PublicAccessBlockConfiguration"]>;

export type BlockSetting = keyof PlannedBucket["blockPublicAccess"];

const SETTINGS: readonly (readonly [BlockSetting, keyof AccountBlock])[] = [
  ["blockPublicAcls", "BlockPublicAcls"],
  ["ignorePublicAcls", "IgnorePublicAcls"],
  ["blockPublicPolicy", "BlockPublicPolicy"],
  ["restrictPublicBuckets", "RestrictPublicBuckets"],
];

/** The bucket as both settings protect it, and the settings that only the account has on. */
export function withAccountBlock(
  bucket: PlannedBucket,
  account: AccountBlock = {},
): { readonly bucket: PlannedBucket; readonly blockedByAccount: readonly BlockSetting[] } {
  const { blockPublicAccess } = bucket;
  const blockedByAccount = SETTINGS.filter(([own, other]) => blockPublicAccess[own] !== "true" && account[other] === true).map(
    ([own]) => own,
  );
  if (blockedByAccount.length === 0) return { bucket, blockedByAccount };
  const supplied = Object.fromEntries(blockedByAccount.map((setting) => [setting, "true"]));
  return { bucket: { ...bucket, blockPublicAccess: { ...blockPublicAccess, ...supplied } }, blockedByAccount };
}
