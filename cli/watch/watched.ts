/** A watched destination, and its state between polls. */
import { accountOf, type Cadence, type DeliveryContract } from "../../lib/contract";
import { type BucketAddress, bucketAddress, type Connect, type CredentialSource } from "../aws";
import type { Clock } from "../clock";
import { deliveryFolders } from "../names";
import type { Arrival, Attributed } from "../report/watch";
import { attribute, type RoleFacts } from "./attribution";
import { isDelivery } from "./listing";
import { inOrder } from "./messages";
import type { SerialQueue } from "./queue";

export interface PollOptions {
  readonly connect: Connect;
  readonly source: CredentialSource;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Region from the user's settings. */
  readonly region: string | undefined;
  readonly queueUrl: string | undefined;
  /** Regions in which to ask CloudTrail, besides the bucket's and the partition's first. */
  readonly cloudTrailRegions: readonly string[];
  /** Only what arrives from this time on counts. */
  readonly since: number | undefined;
  /** Since when deliveries are expected, if neither the user nor the account says. */
  readonly fallbackStart: number | undefined;
  readonly lateByMinutes: number | undefined;
  readonly anyWriter: boolean;
  readonly consume: boolean;
}

export interface Watched {
  readonly contract: DeliveryContract;
  readonly options: PollOptions;
  /** Destinations that share an SQS queue read it one after the other. */
  readonly serialQueue: SerialQueue;
  readonly prefixes: readonly string[];
  readonly cadence: Cadence;
  /** Arrivals that were in the queue so far, each once. */
  arrivals: readonly Arrival[];
  /** Principals that could send messages of their own to the queues that were read so far. */
  otherSenders: readonly string[];
  /** A poll could read the queue or the bucket. */
  wasRead?: true;
  region?: string;
  role?: RoleFacts & { readonly createdAt: number | undefined };
}

export function watchedOf(contract: DeliveryContract, options: PollOptions, serialQueue: SerialQueue): Watched {
  const { lateByMinutes } = options;
  const cadence = lateByMinutes === undefined ? contract.cadence : { ...contract.cadence, lateByMinutes };
  const prefixes = deliveryFolders(contract.expectations, contract.keyPrefix);
  return { contract, options, serialQueue, prefixes, cadence, arrivals: [], otherSenders: [] };
}

/** Inputs that name the bucket. */
export function addressOf({ contract: { bucket, role } }: Watched): BucketAddress {
  return bucketAddress(bucket.name, role && accountOf(role.arn));
}

/** Whether an object arrived under the prefixes of the destination. */
export function isOfDestination({ contract, prefixes }: Watched, { bucket, key }: Arrival): boolean {
  return bucket === contract.bucket.name && prefixes.some((prefix) => key.startsWith(prefix));
}

/** The arrivals that count, in order, each with its writer. */
export function attributed({ contract, options: { since }, role }: Watched, arrivals: readonly Arrival[]): Attributed[] {
  const relevant = arrivals.filter(({ at, key, size }) => (since === undefined || at >= since) && isDelivery(key, size));
  return inOrder(relevant).map((arrival) => attribute(arrival, contract, role));
}
