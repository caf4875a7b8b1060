/** One look at a destination: asks its sources, the surest first, and no further than needed. */
import type { Cadence, DeliveryContract } from "../../lib/contract";
import { type Aws, type Connect, type CredentialSource, failureOf, findRegion, regionToAskFrom, showFailure } from "../aws";
import { folderOf } from "../clean-up";
import { accountOf } from "../credentials";
import type { Clock } from "../report/validate/types";
import type { Arrival, Assumption, Attributed, SourceReport, WatchedDestination } from "../report/watch/types";
import { ask, OperationError } from "./ask";
import { type Assessment, assess } from "./assess";
import { readAssumptions } from "./assumptions";
import { attribute, type RoleFacts, trustedOthers } from "./attribution";
import { timeliness } from "./due";
import { counts, readListing } from "./listing";
import { inOrder } from "./messages";
import { findQueue, type Message, type Queue, readMessages, release, remove } from "./queue";
import type { SerialQueue } from "./serial-queue";
import { plural } from "./show";

export interface LookOptions {
  readonly connect: Connect;
  readonly source: CredentialSource;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Region from the user's settings. */
  readonly region: string | undefined;
  readonly queueUrl: string | undefined;
  /** Regions besides the bucket's and the partition's first in which to ask CloudTrail. */
  readonly cloudTrailRegions: readonly string[];
  /** Count only what arrives from this time on. */
  readonly since: number | undefined;
  /** When deliveries may be expected from, where neither the user nor the account tells. */
  readonly fallbackStart: number | undefined;
  readonly lateByMinutes: number | undefined;
  readonly anyWriter: boolean;
  readonly consume: boolean;
}

/** How far back CloudTrail is asked. */
const LOOK_BACK_MS = 48 * 3_600_000;

/** A destination and what is remembered of it between looks. */
export class Watched {
  readonly prefixes: readonly string[];
  readonly cadence: Cadence;
  private region: string | undefined;
  private role: (RoleFacts & { readonly createdAt: number | undefined }) | undefined;
  private readonly remembered: Arrival[] = [];

  constructor(
    readonly contract: DeliveryContract,
    private readonly options: LookOptions,
    private readonly turns: SerialQueue,
  ) {
    const { lateByMinutes } = options;
    this.prefixes = deliveryPrefixes(contract);
    this.cadence = lateByMinutes === undefined ? contract.cadence : { ...contract.cadence, lateByMinutes };
  }

  async look(): Promise<{ report: WatchedDestination; final: boolean }> {
    const { contract, options } = this;
    const sources: SourceReport[] = [];
    const region = await this.findRegion();
    const aws = options.connect(options.source, region);
    const notes = await this.readRole(aws);

    const queue = await this.readQueue(aws, sources);
    const now = options.clock.now();
    const start = this.start(queue);
    let arrivals = this.counted(this.remembered);
    let assumptions: Assumption[] | undefined;
    const newest = arrivals.findLast(({ by }) => by === "vendor");
    if (newest && timeliness(this.cadence, newest.at, now, start).state === "onTime") {
      sources.push(skipped("cloudtrail"), skipped("listing"));
    } else {
      assumptions = await this.readCloudTrail(region, now, sources);
      const known = arrivals;
      const listed = await this.list(aws, sources, ({ key, at }) => known.some((one) => one.key === key && near(one.at, at)));
      arrivals = inOrder([...arrivals, ...this.counted(listed)]);
    }
    const assessment = assess({
      contract,
      cadence: this.cadence,
      now,
      start,
      arrivals,
      ...(assumptions && { assumptions }),
      seesSince: sources.flatMap(({ seesSince }) => (seesSince === undefined ? [] : [Date.parse(seesSince)])),
      anySource: sources.some(({ name, state }) => name !== "cloudtrail" && state === "read"),
      queueRead: sources.some(({ name, state }) => name === "queue" && state === "read"),
      anyWriter: options.anyWriter,
    });
    return { report: this.report(region, sources, assessment, notes), final: assessment.final };
  }

  private report(
    region: string,
    sources: readonly SourceReport[],
    { final: _, ...assessment }: Assessment,
    notes: readonly string[],
  ): WatchedDestination {
    const { id, vendor, bucket, door } = this.contract;
    return {
      contract: id,
      vendor: `${vendor.name} ${vendor.product}`,
      bucket: bucket.name,
      region,
      door,
      keyPrefixes: this.prefixes,
      ...assessment,
      sources,
      notes: [...notes, ...assessment.notes],
    };
  }

  private async findRegion(): Promise<string> {
    const { contract, options } = this;
    if (this.region !== undefined) return this.region;
    const first = contract.bucket.region ?? regionToAskFrom(contract.partition, options.region);
    const found = await findRegion(options.connect(options.source, first), contract.bucket.name, options.signal);
    options.signal.throwIfAborted();
    this.region = found.region;
    return found.region ?? first;
  }

  /** The unique ID of the role, by which its sessions are known; what is wrong with it, for people. */
  private async readRole(aws: Aws): Promise<string[]> {
    const { role } = this.contract;
    if (!role) return [];
    try {
      if (!this.role) {
        const { Role } = await ask(aws, "iam:GetRole", { RoleName: role.name }, this.options.signal);
        const others = trustedOthers(Role?.AssumeRolePolicyDocument, this.contract);
        this.role = { uniqueId: Role?.RoleId ?? "", trustedOthers: others, createdAt: Role?.CreateDate?.getTime() };
      }
      return this.role.trustedOthers.length === 0 ? [] : [`the role trusts others than the vendor: ${this.role.trustedOthers.join(", ")}`];
    } catch (error) {
      return [`the role could not be read: ${trouble(error, this.options.signal)}`];
    }
  }

  private async readQueue(aws: Aws, sources: SourceReport[]): Promise<Queue | undefined> {
    const { options, contract } = this;
    try {
      const queue = await findQueue(aws, contract, options.queueUrl, this.address(), options.signal);
      if (!queue) {
        sources.push({
          name: "queue",
          state: "absent",
          detail: "no queue holds the bucket's events: define DeliveryEvents, or name one (--queue-url)",
        });
        return undefined;
      }
      if (queue.hasDeadLetters && !options.consume) {
        const detail = `${queue.name} has a dead-letter queue, into which reading would move its messages: give watch a queue of its own, or --consume`;
        sources.push({ name: "queue", state: "failed", detail });
        return undefined;
      }
      const { messages, complete, arrivals, trouble } = await this.turns.take(queue.url, async () => {
        const read = await readMessages(aws, queue, options.signal);
        const here = read.messages.flatMap(({ content }) => content.arrivals).filter((arrival) => this.isHere(arrival));
        this.remembered.push(...here);
        return { ...read, arrivals: here, trouble: await this.putBack(aws, queue, read.messages) };
      });
      const seesSince = Math.max(queue.createdAt, options.clock.now() - queue.retentionMs);
      sources.push({
        name: "queue",
        state: "read",
        detail: `${queue.name}: ${plural(messages.length, "message")}, ${plural(inOrder(arrivals).length, "arrival")}${trouble}`,
        ...(complete && { seesSince: new Date(seesSince).toISOString() }),
      });
      return queue;
    } catch (error) {
      sources.push({ name: "queue", state: "failed", detail: trouble(error, options.signal) });
      return undefined;
    }
  }

  /** Shows the messages to others again, or removes those of this destination: all but the newest delivery, by which the next run goes. */
  private async putBack(aws: Aws, queue: Queue, messages: readonly Message[]): Promise<string> {
    try {
      const spent = this.options.consume ? this.spent(messages) : [];
      await remove(aws, queue, spent);
      await release(
        aws,
        queue,
        messages.filter((message) => !spent.includes(message)),
      );
      return "";
    } catch (error) {
      return `; they stay hidden from others for two minutes: ${trouble(error, this.options.signal)}`;
    }
  }

  private spent(messages: readonly Message[]): Message[] {
    const kept = this.counted(this.remembered).findLast(({ by }) => by === "vendor");
    return messages.filter(({ content: { arrivals, testOf } }) => {
      if (arrivals.length === 0) return testOf === this.contract.bucket.name;
      return arrivals.every((one) => this.isHere(one) && !(one.key === kept?.key && one.at === kept.at));
    });
  }

  private async readCloudTrail(region: string, now: number, sources: SourceReport[]): Promise<Assumption[] | undefined> {
    const { contract, options } = this;
    if (contract.door !== "assumedRole" || !contract.role) {
      sources.push({
        name: "cloudtrail",
        state: "absent",
        detail: "the vendor assumes no role here, so the event history shows nothing of it",
      });
      return undefined;
    }
    const regions = [...new Set([region, regionToAskFrom(contract.partition, undefined), ...options.cloudTrailRegions])];
    const since = Math.max(options.since ?? 0, now - LOOK_BACK_MS);
    try {
      const found: Assumption[] = [];
      for (const one of regions)
        found.push(...(await readAssumptions(options.connect(options.source, one), contract.role.arn, since, options.signal)));
      const detail = `${plural(found.length, "session")} of the role since ${new Date(since).toISOString()}, in ${regions.join(", ")}`;
      sources.push({ name: "cloudtrail", state: "read", detail });
      return found.sort((one, other) => other.at - one.at);
    } catch (error) {
      sources.push({ name: "cloudtrail", state: "failed", detail: trouble(error, options.signal) });
      return undefined;
    }
  }

  private async list(aws: Aws, sources: SourceReport[], isKnown: (arrival: Arrival) => boolean): Promise<Arrival[]> {
    try {
      const { newest, objects, complete } = await readListing(aws, this.address(), this.prefixes, isKnown, this.options.signal);
      const detail = complete
        ? `${plural(objects, "object")}; it tells when, not who`
        : `more than ${objects} objects: not all were seen; it tells when, not who`;
      sources.push({ name: "listing", state: "read", detail, ...(complete && { seesSince: new Date(0).toISOString() }) });
      return newest ? [newest] : [];
    } catch (error) {
      sources.push({ name: "listing", state: "failed", detail: trouble(error, this.options.signal) });
      return [];
    }
  }

  /** Those that count, each with whose it is, in order. */
  private counted(arrivals: readonly Arrival[]): Attributed[] {
    const { since } = this.options;
    const relevant = arrivals.filter(({ at, key, size }) => (since === undefined || at >= since) && counts(key, size));
    return inOrder(relevant).map((arrival) => attribute(arrival, this.contract, this.role));
  }

  private isHere({ bucket, key }: Arrival): boolean {
    return bucket === this.contract.bucket.name && this.prefixes.some((prefix) => key.startsWith(prefix));
  }

  /** The user's word, or the latest of what had to be made first. */
  private start(queue: Queue | undefined): number | undefined {
    const made = [this.role?.createdAt, queue?.createdAt].filter((at) => at !== undefined && at > 0) as number[];
    return this.options.since ?? (made.length > 0 ? Math.max(...made) : this.options.fallbackStart);
  }

  private address(): { Bucket: string; ExpectedBucketOwner?: string } {
    const owner = this.contract.role && accountOf(this.contract.role.arn);
    return { Bucket: this.contract.bucket.name, ...(owner && { ExpectedBucketOwner: owner }) };
  }
}

/** Where the vendor delivers: the folders of the objects that it must be able to put. */
export function deliveryPrefixes({ expectations, bucket, keyPrefix }: DeliveryContract): string[] {
  const puts = expectations.filter(
    ({ actor, action, expected }) => actor === "vendor" && action === "s3:PutObject" && expected === "allowed",
  );
  const folders = puts.map(({ resource }) => folderOf(resource.slice(bucket.arn.length + 1)));
  return folders.length > 0 ? [...new Set(folders)] : [keyPrefix];
}

/** A listing and an event of one object differ by less than this. */
function near(one: number, other: number): boolean {
  return Math.abs(one - other) < 5_000;
}

function skipped(name: SourceReport["name"]): SourceReport {
  return { name, state: "skipped", detail: "not asked: the queue's events decide" };
}

/** What went wrong, for people. An interruption goes on up. */
function trouble(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return error instanceof OperationError ? error.message : showFailure(failureOf(error, ""));
}
