/** Lists the objects under the prefixes, for accounts without events. A listing shows when an object was written, not who wrote it. */
import type { BucketAddress } from "../aws";
import { isTestObject } from "../names";
import type { Arrival } from "../report/watch";
import { type Asker, ask } from "./ask";

/** Pages of 1,000 keys. S3 lists keys alphabetically, not by time, so all pages are needed. */
const MOST_PAGES = 50;

export interface Listing {
  /** The newest object without a known event. */
  readonly newest?: Arrival;
  readonly objects: number;
  /** Every key was read. */
  readonly complete: boolean;
}

export interface ListingOptions {
  readonly address: BucketAddress;
  readonly prefixes: readonly string[];
  isKnown(arrival: Arrival): boolean;
}

export async function readListing(asker: Asker, { address, prefixes, isKnown }: ListingOptions): Promise<Listing> {
  let newest: Arrival | undefined;
  let objects = 0;
  let pages = 0;
  for (const Prefix of prefixes) {
    let ContinuationToken: string | undefined;
    do {
      if (pages++ === MOST_PAGES) return { ...(newest && { newest }), objects, complete: false };
      const input = { ...address, Prefix, ...(ContinuationToken !== undefined && { ContinuationToken }) };
      const page = await ask(asker, "s3:ListObjectsV2", input);
      for (const { Key, LastModified, Size } of page.Contents ?? []) {
        if (Key === undefined || LastModified === undefined || !isDelivery(Key, Size)) continue;
        objects++;
        const found: Arrival = { bucket: address.Bucket, key: Key, at: LastModified.getTime(), ...(Size !== undefined && { size: Size }) };
        if ((newest === undefined || found.at > newest.at) && !isKnown(found)) newest = found;
      }
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken !== undefined);
  }
  return { ...(newest && { newest }), objects, complete: true };
}

/** Whether an object can be a delivery: not a test object of a validation, and not an empty "folder" from the console. */
export function isDelivery(key: string, size: number | undefined): boolean {
  return !isTestObject(key) && !(key.endsWith("/") && (size ?? 0) === 0);
}
