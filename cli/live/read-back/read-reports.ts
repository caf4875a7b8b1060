/** Where S3 sends lists of the bucket's objects: inventories, and exports of storage class analyses. */
import type { BucketAddress } from "../../aws";
import { type AccountReader, contentOf } from "./account-reader";

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

async function inventories(address: BucketAddress, reader: AccountReader): Promise<Target[]> {
  return everyTarget(
    async (page) => contentOf(await reader.read("s3:ListBucketInventoryConfigurations", { ...address, ...page })),
    ({ InventoryConfigurationList = [] }) =>
      InventoryConfigurationList.flatMap(({ Id, IsEnabled, Destination }) => {
        const { Bucket, AccountId } = Destination?.S3BucketDestination ?? {};
        return IsEnabled ? [{ what: `the inventory configuration ${Id}`, destination: { Bucket, account: AccountId } }] : [];
      }),
  );
}

async function analyses(address: BucketAddress, reader: AccountReader): Promise<Target[]> {
  return everyTarget(
    async (page) => contentOf(await reader.read("s3:ListBucketAnalyticsConfigurations", { ...address, ...page })),
    ({ AnalyticsConfigurationList = [] }) =>
      AnalyticsConfigurationList.flatMap(({ Id, StorageClassAnalysis }) => {
        const { Bucket, BucketAccountId } = StorageClassAnalysis?.DataExport?.Destination?.S3BucketDestination ?? {};
        if (Bucket === undefined) return [];
        return [{ what: `the analytics configuration ${Id}`, destination: { Bucket, account: BucketAccountId } }];
      }),
  );
}

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly NextContinuationToken?: string | undefined;
}

/** The targets on all pages of a list, up to one that cannot be read. */
async function everyTarget<Answered extends Page>(
  read: (page: { readonly ContinuationToken?: string }) => Promise<Answered | undefined>,
  targetsOn: (page: Answered) => readonly Target[],
): Promise<Target[]> {
  const targets: Target[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await read(ContinuationToken ? { ContinuationToken } : {});
    if (page !== undefined) targets.push(...targetsOn(page));
    ContinuationToken = page?.IsTruncated ? page.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
  return targets;
}
