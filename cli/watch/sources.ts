/** The sources of a poll. Each returns what it found, and a report on itself. */
import { type Aws, regionToAskFrom } from "../aws";
import { plural } from "../report/shared";
import type { Arrival, Assumption, SourceReport } from "../report/watch";
import { showError } from "./ask";
import { readAssumptions } from "./assumptions";
import { readListing } from "./listing";
import { inOrder } from "./messages";
import { findQueue, type Message, type Queue, readMessages, release, remove } from "./queue";
import { addressOf, attributed, isOfDestination, type Watched } from "./watched";

/** How far back CloudTrail is asked. */
const CLOUDTRAIL_MS = 48 * 3_600_000;
/** The times of one object in a listing and in an event differ by less than this. */
const SAME_OBJECT_MS = 5_000;

export async function readQueueSource(watched: Watched, aws: Aws): Promise<{ readonly queue?: Queue; readonly report: SourceReport }> {
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
    const { messages, complete, arrivals, trouble } = await serialQueue.run(queue.url, async () => {
      const read = await readMessages(aws, queue, options.signal);
      const found = read.messages.flatMap(({ content }) => content.arrivals).filter((arrival) => isOfDestination(watched, arrival));
      watched.arrivals.push(...found);
      return { ...read, arrivals: found, trouble: await putBack(watched, aws, { queue, messages: read.messages }) };
    });
    const seesSince = Math.max(queue.createdAt, options.clock.now() - queue.retentionMs);
    const counts = `${plural(messages.length, "message")}, ${plural(inOrder(arrivals).length, "arrival")}`;
    return {
      queue,
      report: {
        ...report("read", `${queue.name}: ${counts}${trouble}`),
        ...(complete && { seesSince: new Date(seesSince).toISOString() }),
      },
    };
  } catch (error) {
    return { report: report("failed", showError(error, options.signal)) };
  }
}

interface ReadMessages {
  readonly queue: Queue;
  readonly messages: readonly Message[];
}

/** Makes the messages visible again. With `--consume`, removes those of this destination first. Returns what went wrong. */
async function putBack(watched: Watched, aws: Aws, { queue, messages }: ReadMessages): Promise<string> {
  const { consume, signal } = watched.options;
  try {
    const consumed = consume ? consumable(watched, messages) : [];
    await remove(aws, queue, consumed);
    const kept = messages.filter((message) => !consumed.includes(message));
    await release(aws, queue, kept);
    return "";
  } catch (error) {
    return `; the messages stay hidden from others for two minutes: ${showError(error, signal)}`;
  }
}

/** The messages about this destination, except the newest delivery, which the next run needs. */
function consumable(watched: Watched, messages: readonly Message[]): Message[] {
  const newest = attributed(watched, watched.arrivals).findLast(({ by }) => by === "vendor");
  return messages.filter(({ content: { arrivals, testOf } }) => {
    if (arrivals.length === 0) return testOf === watched.contract.bucket.name;
    return arrivals.every((arrival) => isOfDestination(watched, arrival) && !(arrival.key === newest?.key && arrival.at === newest.at));
  });
}

export async function readCloudTrailSource(
  { contract, options }: Watched,
  region: string,
  now: number,
): Promise<{ readonly assumptions?: Assumption[]; readonly report: SourceReport }> {
  const report = (state: SourceReport["state"], detail: string): SourceReport => ({ name: "cloudtrail", state, detail });
  if (contract.door !== "assumedRole" || !contract.role)
    return { report: report("absent", "the vendor assumes no role here, so CloudTrail's event history shows nothing about it") };
  const regions = [...new Set([region, regionToAskFrom(contract.partition, undefined), ...options.cloudTrailRegions])];
  const since = Math.max(options.since ?? 0, now - CLOUDTRAIL_MS);
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
): Promise<{ readonly arrivals: readonly Arrival[]; readonly report: SourceReport }> {
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
    return { arrivals: [], report: report("failed", showError(error, signal)) };
  }
}
