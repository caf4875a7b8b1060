/** Polls a destination: asks one source after the other, the most reliable first, and stops when the answer is certain. */
import { type Aws, findRegion, regionToAskFrom } from "../aws";
import type { SourceReport, WatchedDestination } from "../report/watch";
import { ask, showError } from "./ask";
import { type Assessment, assess } from "./assess";
import { trustedOthers } from "./attribution";
import { corroborate } from "./corroborate";
import { timeliness } from "./due";
import { inOrder } from "./messages";
import type { Queue } from "./queue";
import { readCloudTrailSource, readListingSource, readQueueSource } from "./sources";
import { attributed, type Watched } from "./watched";

export interface Poll {
  readonly report: WatchedDestination;
  /** Another poll would not change the answer. */
  readonly final: boolean;
}

export async function poll(watched: Watched): Promise<Poll> {
  const { contract, options, cadence } = watched;
  const region = await regionOf(watched);
  const aws = options.connect(options.source, region);
  const notes = await readRole(watched, aws);

  const now = options.clock.now();
  const { assumptions, report: cloudTrailReport } = await readCloudTrailSource(watched, region, now);
  const confirm = async () => corroborate(watched, aws, { arrivals: attributed(watched, watched.arrivals), assumptions, now });
  const { queue, report: queueReport, confirmed, mayRecover: queueMayRecover } = await readQueueSource(watched, aws, confirm);
  const start = startOf(watched, queue);
  const sources: SourceReport[] = [queueReport, cloudTrailReport];
  const { notes: doubts, ...fromMessages } = confirmed ?? (await confirm());
  let { arrivals } = fromMessages;
  let mayRecover = queueMayRecover === true;
  const newest = arrivals.findLast(({ by }) => by === "vendor");
  if (newest && timeliness(cadence, { newest: newest.at, now, start }).state === "onTime") {
    sources.push(skipped("listing"));
  } else {
    const listing = await readListingSource(
      watched,
      aws,
      arrivals.filter(({ unconfirmed }) => unconfirmed !== true),
    );
    sources.push(listing.report);
    mayRecover ||= listing.mayRecover === true;
    arrivals = inOrder([...arrivals, ...attributed(watched, listing.arrivals)]);
  }

  const isRead = (wanted: SourceReport["name"]) => sources.some(({ name, state }) => name === wanted && state === "read");
  const anySource = isRead("queue") || isRead("listing");
  if (anySource) watched.wasRead = true;
  const assessment = assess({
    contract,
    cadence,
    now,
    start,
    arrivals,
    ...(assumptions && { assumptions: assumptions.filter(({ at }) => at >= (options.since ?? 0)) }),
    seesSince: sources.flatMap(({ seesSince }) => (seesSince === undefined ? [] : [Date.parse(seesSince)])),
    anySource,
    // A source that was never read may not exist.
    mayRecover: mayRecover && watched.wasRead === true,
    queueRead: isRead("queue"),
    anyWriter: options.anyWriter,
  });
  return { report: reportOf(watched, assessment, { region, sources, notes: [...notes, ...doubts] }), final: assessment.final };
}

function reportOf(
  { contract: { id, vendor, bucket, door }, prefixes }: Watched,
  { final: _, ...assessment }: Assessment,
  { region, sources, notes }: Pick<WatchedDestination, "region" | "sources" | "notes">,
): WatchedDestination {
  return {
    contract: id,
    vendor: `${vendor.name} ${vendor.product}`,
    bucket: bucket.name,
    ...(region !== undefined && { region }),
    door,
    keyPrefixes: prefixes,
    ...assessment,
    sources,
    notes: [...notes, ...assessment.notes],
  };
}

async function regionOf(watched: Watched): Promise<string> {
  const { contract, options } = watched;
  if (watched.region !== undefined) return watched.region;
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, options.region);
  const found = await findRegion(options.connect(options.source, first), contract.bucket.name, options.signal);
  options.signal.throwIfAborted();
  if (found.region !== undefined) watched.region = found.region;
  return found.region ?? first;
}

/** Reads the role, whose unique ID identifies its sessions. Returns what is wrong with it, for people. */
async function readRole(watched: Watched, aws: Aws): Promise<string[]> {
  const {
    contract,
    options: { signal },
  } = watched;
  if (!contract.role) return [];
  try {
    if (!watched.role) {
      const { Role } = await ask({ aws, signal }, "iam:GetRole", { RoleName: contract.role.name });
      const others = trustedOthers(Role?.AssumeRolePolicyDocument, contract);
      watched.role = { uniqueId: Role?.RoleId ?? "", trustedOthers: others, createdAt: Role?.CreateDate?.getTime() };
    }
    const others = watched.role.trustedOthers;
    return others.length === 0 ? [] : [`the role trusts other principals than the vendor: ${others.join(", ")}`];
  } catch (error) {
    return [`the role could not be read: ${showError(error, signal)}`];
  }
}

/** Since when deliveries are expected: as the user says, or since both the role and the queue exist. */
function startOf({ role, options }: Watched, queue: Queue | undefined): number | undefined {
  const created = [role?.createdAt, queue?.createdAt].filter((at) => at !== undefined && at > 0) as number[];
  return options.since ?? (created.length > 0 ? Math.max(...created) : options.fallbackStart);
}

function skipped(name: SourceReport["name"]): SourceReport {
  return { name, state: "skipped", detail: "not asked: the events in the queue are sufficient" };
}
