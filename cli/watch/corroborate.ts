/**
 * Confirms what messages report, because a message only proves that somebody may send to the queue. The object must be in the bucket, with
 * the age and size that the message reports, and CloudTrail must show the session that wrote it.
 */
import { accountOf } from "../../lib/contract";
import type { Aws } from "../aws";
import { plural } from "../report/shared";
import type { Assumption, Attributed } from "../report/watch";
import { ask, showError } from "./ask";
import { addressOf, type Watched } from "./watched";

/** How far the clocks of AWS and of this machine may be apart. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** How far the times of one write may be apart in an event and in a listing. */
const SAME_WRITE_MS = 60_000;
/** The longest session of a role. */
export const LONGEST_SESSION_MS = 12 * 3_600_000;
/** CloudTrail's event history shows an event within about 15 minutes. */
const CLOUDTRAIL_DELAY_MS = 20 * 60_000;
/** A forged message must not make a poll look up every object of a bucket. */
const MOST_LOOKUPS = 25;

export interface Messages {
  /** What the messages report, in order. */
  readonly arrivals: readonly Attributed[];
  /** Absent if CloudTrail could not be asked. */
  readonly assumptions: readonly Assumption[] | undefined;
  readonly now: number;
}

export interface Corroborated {
  /** In order. What could not be confirmed is `unconfirmed`, or by an unknown writer. */
  readonly arrivals: Attributed[];
  /** Messages that are not counted, for people. */
  readonly notes: readonly string[];
}

/** Starts with the newest arrival and ends when one is known to be the vendor's. Older ones change nothing. */
export async function corroborate(watched: Watched, aws: Aws, { arrivals, ...context }: Messages): Promise<Corroborated> {
  const isAhead = ({ at }: Attributed) => at > context.now + CLOCK_SKEW_MS;
  const found = arrivals.filter((arrival) => !isAhead(arrival));
  let lookups = 0;
  for (let index = found.length - 1; index >= 0; index--) {
    const arrival = found[index]!;
    if (arrival.by === "other") continue;
    const confirmed =
      lookups++ < MOST_LOOKUPS
        ? await confirmObject(watched, aws, arrival)
        : unconfirmed(arrival, `the newest ${MOST_LOOKUPS} messages were not confirmed, and older ones are not looked up`);
    found[index] = confirmed.unconfirmed ? confirmed : confirmWriter(watched, confirmed, context);
    if (found[index]!.by === "vendor") break;
  }
  return { arrivals: found.sort((one, other) => one.at - other.at), notes: aheadNotes(arrivals.filter(isAhead)) };
}

function aheadNotes(ahead: readonly Attributed[]): string[] {
  const last = ahead.at(-1);
  if (last === undefined) return [];
  const about = `${plural(ahead.length, "message")} about objects of the future`;
  return [`not counted: ${about}; the last: ${last.key}, ${new Date(last.at).toISOString()}`];
}

/** A delivery is never newer than its object. */
async function confirmObject(watched: Watched, aws: Aws, arrival: Attributed): Promise<Attributed> {
  const { signal } = watched.options;
  const { key, at, size, eTag } = arrival;
  try {
    const { Contents = [] } = await ask({ aws, signal }, "s3:ListObjectsV2", { ...addressOf(watched), Prefix: key, MaxKeys: 1 });
    const object = Contents.find(({ Key }) => Key === key);
    if (object?.LastModified === undefined) return unconfirmed(arrival, "the object is not in the bucket");
    const stored = object.LastModified.getTime();
    if (stored > at + SAME_WRITE_MS) return unconfirmed(arrival, `the object was written again at ${object.LastModified.toISOString()}`);
    if (size !== undefined && object.Size !== undefined && size !== object.Size)
      return unconfirmed(arrival, `the object has ${plural(object.Size, "byte")}, and the message says ${size}`);
    if (eTag !== undefined && object.ETag !== undefined && unquoted(eTag) !== unquoted(object.ETag))
      return unconfirmed(arrival, "the object has another ETag than the message says");
    return stored < at - SAME_WRITE_MS ? { ...arrival, at: stored } : arrival;
  } catch (error) {
    return unconfirmed(arrival, `the object could not be looked up: ${showError(error, signal)}`);
  }
}

function unconfirmed(arrival: Attributed, reason: string): Attributed {
  return { ...arrival, by: "unknown", unconfirmed: true, why: `only a message reports it: ${reason}` };
}

function unquoted(eTag: string): string {
  return eTag.replaceAll('"', "");
}

/** CloudTrail's event history shows who assumed a role. It has no data events of S3, which would show who wrote an object. */
function confirmWriter(
  { contract, otherSenders }: Watched,
  arrival: Attributed,
  { assumptions, now }: Omit<Messages, "arrivals">,
): Attributed {
  if (arrival.by !== "vendor") return arrival;
  const doubt = (reason: string): Attributed => ({
    ...arrival,
    by: "unknown",
    why: `only the message says that it was ${arrival.why}: ${reason}`,
  });
  if (otherSenders.length > 0) return doubt(`the queue's policy lets others send messages: ${otherSenders.join(", ")}`);
  if (contract.door !== "assumedRole") return { ...arrival, why: `${arrival.why}; the object is in the bucket` };
  if (assumptions === undefined) return doubt("CloudTrail could not be asked for the session");
  const name = sessionNameOf(arrival);
  const accounts = contract.vendorPrincipals.map(accountOf);
  const isSession = ({ at, account, sessionName, refused }: Assumption) =>
    refused === undefined &&
    sessionName === name &&
    accounts.includes(account) &&
    at <= arrival.at + SAME_WRITE_MS &&
    at >= arrival.at - LONGEST_SESSION_MS;
  if (assumptions.some(isSession))
    return { ...arrival, why: `${arrival.why}; the object is in the bucket, and CloudTrail shows the session` };
  if (now - arrival.at < CLOUDTRAIL_DELAY_MS)
    return { ...doubt("CloudTrail does not show the session yet, which takes about 15 minutes"), writerMayCome: true };
  return doubt("CloudTrail shows no such session of the vendor's account in the regions that were asked (--cloudtrail-region adds one)");
}

/** The part of `AWS:AROA…:name` after the role's unique ID. */
function sessionNameOf({ writer }: Attributed): string {
  return (writer?.value ?? "").replace(/^AWS:/, "").split(":").slice(1).join(":");
}
