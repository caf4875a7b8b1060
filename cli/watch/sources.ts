/** The sources of a poll. Each returns what it found, and a report on itself. */
import { type Aws, regionToAskFrom } from "../aws";
import { plural } from "../report/shared";
import type { Arrival, Assumption, SourceReport } from "../report/watch";
import { isTransient, showError } from "./ask";
import { readAssumptions } from "./assumptions";
import { type Corroborated, LONGEST_SESSION_MS } from "./corroborate";
import { longestOnTimeMs } from "./due";
import { isDelivery, readListing } from "./listing";
import { inOrder } from "./messages";
import { findQueue, type Message, type Queue, readMessages, release, remove } from "./queue";
import { addressOf, isOfDestination, type Watched } from "./watched";

const TWO_DAYS_MS = 48 * 3_600_000;
/** The times of one object in a listing and in an event differ by less than this. */
const SAME_OBJECT_MS = 5_000;

interface QueueSource {
  readonly queue?: Queue;
  readonly report: SourceReport;
  /** Absent if the messages could not be read. */
  readonly confirmed?: Corroborated;
  /** It could not be read, and a later poll may read it. */
  readonly mayRecover?: boolean;
}

/** @param confirm is called while the messages are hidden from others: `--consume` keeps what the next run needs */
export async function readQueueSource(watched: Watched, aws: Aws, confirm: (queue: Queue) => Promise<Corroborated>): Promise<QueueSource> {
  const { contract, options, serialQueue } = watched;
  const report = (state: SourceReport["state"], detail: string): SourceReport => ({ name: "queue", state, detail });
  try {
    const asker = { aws, signal: options.signal };
    const queue = await findQueue(asker, { bucket: contract.bucket.name, queueUrl: options.queueUrl, address: addressOf(watched) });
    if (!queue)
      return { report: report("absent", "no queue receives the bucket's events: define DeliveryEvents, or name one (--queue-url)") };
    if (queue.hasDeadLetters && !options.consume) {
      const detail = `${queue.name} has a dead-letter queue, and reading would move its messages there: give watch a queue of its own, or --consume`;
      return { report: report("failed", detail) };
    }
    let trouble = "";
    const { messages, complete, arrivals, confirmed } = await serialQueue.run(queue.url, async () => {
      const read = await readMessages(aws, queue, options.signal);
      const found = read.messages.flatMap(({ content }) => content.arrivals).filter((arrival) => isOfDestination(watched, arrival));
      watched.arrivals = inOrder([...watched.arrivals, ...found]);
      watched.otherSenders = [...new Set([...watched.otherSenders, ...queue.otherSenders])];
      let confirmed: Corroborated | undefined;
      try {
        confirmed = await confirm(queue);
      } finally {
        trouble = await putBack(watched, aws, { queue, messages: read.messages, confirmed });
      }
      return { ...read, arrivals: found, confirmed };
    });
    const seesSince = Math.max(queue.createdAt, options.clock.now() - queue.retentionMs);
    const behind = queue.isFifo ? "; a FIFO queue shows only the first messages of each group" : "";
    const counts = `${plural(messages.length, "message")}, ${plural(inOrder(arrivals).length, "arrival")}`;
    return {
      queue,
      confirmed,
      report: {
        ...report("read", `${queue.name}: ${counts}${behind}${trouble}`),
        ...(complete && queue.createdAt > 0 && { seesSince: new Date(seesSince).toISOString() }),
      },
    };
  } catch (error) {
    return { report: report("failed", showError(error, options.signal)), mayRecover: isTransient(error) };
  }
}

interface ReadMessages {
  readonly queue: Queue;
  readonly messages: readonly Message[];
  /** Absent if an interruption came first: then nothing is removed. */
  readonly confirmed: Corroborated | undefined;
}

/** Makes the messages visible again. With `--consume`, removes those of this destination first. Returns what went wrong. */
async function putBack(watched: Watched, aws: Aws, { queue, messages, confirmed }: ReadMessages): Promise<string> {
  const { consume, signal } = watched.options;
  const consumed = consume && confirmed ? consumable(watched, messages, confirmed) : [];
  const removal = await remove(aws, queue, consumed);
  const kept = messages.filter((message) => !consumed.includes(message) || removal.failed.includes(message));
  const released = await release(aws, queue, kept);
  const count = (failed: readonly Message[]) => plural(failed.length, "message");
  return [
    removal.error ? `; ${count(removal.failed)} could not be removed: ${showError(removal.error, signal)}` : "",
    released.error ? `; hidden from others for two minutes: ${count(released.failed)}: ${showError(released.error, signal)}` : "",
  ].join("");
}

/**
 * The messages about this destination, except the newest delivery, which the next run needs.
 *
 * What is newer than it stays too, unless others wrote it: CloudTrail may confirm it later.
 */
function consumable(watched: Watched, messages: readonly Message[], { arrivals: confirmed }: Corroborated): Message[] {
  const newest =
    confirmed.findLast(({ by }) => by === "vendor") ?? confirmed.findLast(({ by, unconfirmed }) => by !== "other" && !unconfirmed);
  const ofOthers = confirmed.filter(({ by }) => by === "other");
  const isDone = (arrival: Arrival) =>
    ofOthers.some(({ key, at }) => key === arrival.key && at === arrival.at) ||
    (newest !== undefined && arrival.at < newest.at) ||
    !isDelivery(arrival.key, arrival.size);
  return messages.filter(({ content: { arrivals, testOf, hasOtherRecords } }) => {
    if (hasOtherRecords) return false;
    if (arrivals.length === 0) return testOf === watched.contract.bucket.name;
    return arrivals.every((arrival) => isOfDestination(watched, arrival) && isDone(arrival));
  });
}

export async function readCloudTrailSource(
  { contract, options, cadence }: Watched,
  region: string,
  now: number,
): Promise<{ readonly assumptions?: Assumption[]; readonly report: SourceReport }> {
  const report = (state: SourceReport["state"], detail: string): SourceReport => ({ name: "cloudtrail", state, detail });
  if (contract.door !== "assumedRole" || !contract.role)
    return { report: report("absent", "the vendor assumes no role here, so CloudTrail's event history shows nothing about it") };
  const regions = [...new Set([region, regionToAskFrom(contract.partition, undefined), ...options.cloudTrailRegions])];
  const since = now - Math.max(TWO_DAYS_MS, longestOnTimeMs(cadence) + LONGEST_SESSION_MS);
  try {
    const found: Assumption[] = [];
    for (const one of regions) {
      const asker = { aws: options.connect(options.source, one), signal: options.signal };
      found.push(...(await readAssumptions(asker, contract.role.arn, since)));
    }
    const detail = `${plural(found.length, "session")} of the role since ${new Date(since).toISOString()}, in ${regions.join(", ")}`;
    return { assumptions: found.sort((one, other) => other.at - one.at), report: report("read", detail) };
  } catch (error) {
    return { report: report("failed", showError(error, options.signal)) };
  }
}

/** @param known arrivals that the listing need not report again */
export async function readListingSource(
  watched: Watched,
  aws: Aws,
  known: readonly Arrival[],
): Promise<{ readonly arrivals: readonly Arrival[]; readonly report: SourceReport; readonly mayRecover?: boolean }> {
  const { signal } = watched.options;
  const report = (state: SourceReport["state"], detail: string): SourceReport => ({ name: "listing", state, detail });
  const isKnown = ({ key, at }: Arrival) => known.some((one) => one.key === key && Math.abs(one.at - at) < SAME_OBJECT_MS);
  try {
    const listing = { address: addressOf(watched), prefixes: watched.prefixes, isKnown };
    const { newest, objects, complete } = await readListing({ aws, signal }, listing);
    const detail = complete
      ? `${plural(objects, "object")}; a listing shows when, not who`
      : `more than ${objects} objects, not all were read; a listing shows when, not who`;
    return {
      arrivals: newest ? [newest] : [],
      report: { ...report("read", detail), ...(complete && { seesSince: new Date(0).toISOString() }) },
    };
  } catch (error) {
    return { arrivals: [], report: report("failed", showError(error, signal)), mayRecover: isTransient(error) };
  }
}
