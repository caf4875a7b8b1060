/** What lies under the prefixes, for an account that has no events. It tells when, never who. */
import type { Aws } from "../aws";
import { isTestObject } from "../clean-up";
import type { Arrival } from "../report/watch/types";
import { ask } from "./ask";

/** Pages of 1,000 keys. Keys come in their own order, not by time, so all are needed. */
const MOST_PAGES = 50;

export interface Listing {
  /** The newest object of which no event is known. */
  readonly newest?: Arrival;
  readonly objects: number;
  /** Every key was seen. */
  readonly complete: boolean;
}

export async function readListing(
  aws: Aws,
  address: { Bucket: string; ExpectedBucketOwner?: string },
  prefixes: readonly string[],
  isKnown: (arrival: Arrival) => boolean,
  signal: AbortSignal,
): Promise<Listing> {
  let newest: Arrival | undefined;
  let objects = 0;
  let pages = 0;
  for (const Prefix of prefixes) {
    let ContinuationToken: string | undefined;
    do {
      if (pages++ === MOST_PAGES) return { ...(newest && { newest }), objects, complete: false };
      const page = await ask(
        aws,
        "s3:ListObjectsV2",
        { ...address, Prefix, ...(ContinuationToken !== undefined && { ContinuationToken }) },
        signal,
      );
      for (const { Key, LastModified, Size } of page.Contents ?? []) {
        if (Key === undefined || LastModified === undefined || !counts(Key, Size)) continue;
        objects++;
        const found: Arrival = { bucket: address.Bucket, key: Key, at: LastModified.getTime(), ...(Size !== undefined && { size: Size }) };
        if ((newest === undefined || found.at > newest.at) && !isKnown(found)) newest = found;
      }
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken !== undefined);
  }
  return { ...(newest && { newest }), objects, complete: true };
}

/** Neither a validation's test object nor an empty "folder" that somebody made in the console. */
export function counts(key: string, size: number | undefined): boolean {
  return !isTestObject(key) && !(key.endsWith("/") && (size ?? 0) === 0);
}
