/** Where S3 sends lists of the bucket's objects: inventories, and exports of storage class analyses. */
import type { BucketAddress } from "../../aws";
import type { AccountReader } from "./account-reader";
import { allPages } from "./pages";

export interface ReportTarget {
  /** For people: `the inventory configuration daily`. */
  readonly what: string;
  readonly bucket: string;
  /** The account that the configuration names as the owner of the target. */
  readonly account?: string;
  /** The target belongs to the account that owns the source. */
  readonly isOwn: boolean;
}

interface Target {
  readonly what: string;
  readonly destination: { readonly Bucket?: string | undefined; readonly account: string | undefined };
}

/** @param owner the account that owns the bucket */
export async function readReportTargets(address: BucketAddress, owner: string | undefined, reader: AccountReader): Promise<ReportTarget[]> {
  const targets = [...(await inventories(address, reader)), ...(await analyses(address, reader))];
  return Promise.all(
    targets.map(async ({ what, destination: { Bucket = "", account } }) => {
      const bucket = Bucket.split(":").at(-1)!;
      const isOwn = owner !== undefined && (account ?? owner) === owner && (await reader.owns(bucket, owner));
      return { what, bucket, ...(account !== undefined && { account }), isOwn };
    }),
  );
}

async function inventories(address: BucketAddress, reader: AccountReader): Promise<readonly Target[]> {
  const { items } = await allPages({
    read: (ContinuationToken) =>
      reader.read("s3:ListBucketInventoryConfigurations", { ...address, ...(ContinuationToken && { ContinuationToken }) }),
    itemsOf: ({ InventoryConfigurationList = [] }) =>
      InventoryConfigurationList.flatMap(({ Id, IsEnabled, Destination }) => {
        const { Bucket, AccountId } = Destination?.S3BucketDestination ?? {};
        return IsEnabled ? [{ what: `the inventory configuration ${Id}`, destination: { Bucket, account: AccountId } }] : [];
      }),
    nextOf: tokenOf,
  });
  return items;
}

async function analyses(address: BucketAddress, reader: AccountReader): Promise<readonly Target[]> {
  const { items } = await allPages({
    read: (ContinuationToken) =>
      reader.read("s3:ListBucketAnalyticsConfigurations", { ...address, ...(ContinuationToken && { ContinuationToken }) }),
    itemsOf: ({ AnalyticsConfigurationList = [] }) =>
      AnalyticsConfigurationList.flatMap(({ Id, StorageClassAnalysis }) => {
        const { Bucket, BucketAccountId } = StorageClassAnalysis?.DataExport?.Destination?.S3BucketDestination ?? {};
        if (Bucket === undefined) return [];
        return [{ what: `the analytics configuration ${Id}`, destination: { Bucket, account: BucketAccountId } }];
      }),
    nextOf: tokenOf,
  });
  return items;
}

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly NextContinuationToken?: string | undefined;
}

function tokenOf({ IsTruncated, NextContinuationToken }: Page): string | undefined {
  return IsTruncated ? NextContinuationToken : undefined;
}
