/** Finds out whether a bucket that denies every read belongs to another account. */
import { type Aws, bucketAddress, failureOf } from "../aws";
import type { LiveResult } from "../report/validate";
import { deniedReads, EVERY_READ } from "./live-findings";
import type { ReadBack } from "./read-back";

export interface ForeignBucketOptions {
  readonly aws: Aws;
  readonly live: ReadBack;
  /** Account of the caller. */
  readonly account: string | undefined;
  /** Account that must own the bucket. */
  readonly owner: string | undefined;
  readonly signal: AbortSignal;
}

/** The finding; undefined if the bucket is the account's own, or nobody can tell. */
export async function foreignBucket(name: string, options: ForeignBucketOptions): Promise<LiveResult | undefined> {
  const { live, owner } = options;
  if (owner === undefined || deniedReads(live).length < EVERY_READ) return undefined;
  const how = (await answersOthersOnly(name, owner, options)) ?? (await isNotListed(name, owner, options));
  if (how === undefined) return undefined;
  return {
    id: "bucket-owner",
    title: "the bucket belongs to the expected account",
    kind: "extra",
    expected: owner,
    outcome: "fail",
    evidence: "performed",
    by: "the deployer",
    cause: `the bucket belongs to another account than ${owner}: ${how}`,
    remedy: "choose another name for the bucket, and apply again; if the bucket is yours, name its account with --bucket-owner",
    deciding: [],
  };
}

/** S3 denies a request that names another owner than the bucket's. */
async function answersOthersOnly(name: string, owner: string, { aws, signal }: ForeignBucketOptions): Promise<string | undefined> {
  const isDenied = async (address: { Bucket: string }) => {
    try {
      await aws.call("s3:HeadBucket", address, { signal });
      return false;
    } catch (error) {
      signal.throwIfAborted();
      return failureOf(error, "s3:HeadBucket").kind === "denied" ? true : undefined;
    }
  };
  const isForeign = (await isDenied({ Bucket: name })) === false && (await isDenied(bucketAddress(name, owner))) === true;
  return isForeign ? `AWS answers a request for it, and denies the same request with ${owner} as the expected owner` : undefined;
}

/** The names of buckets are unique in a partition: one that exists and is not among the account's own is another account's. */
async function isNotListed(name: string, owner: string, { aws, account, signal }: ForeignBucketOptions): Promise<string | undefined> {
  if (account !== owner) return undefined;
  try {
    let ContinuationToken: string | undefined;
    do {
      const page = await aws.call("s3:ListBuckets", { Prefix: name, ...(ContinuationToken && { ContinuationToken }) }, { signal });
      if (page.Buckets?.some((bucket) => bucket.Name === name)) return undefined;
      ContinuationToken = page.ContinuationToken;
    } while (ContinuationToken !== undefined);
    return `it exists, and s3:ListAllMyBuckets does not show it among the buckets of ${owner}`;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
