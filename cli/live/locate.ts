/** Finds the region of the bucket and the account that must own it, before any client for the bucket is made. */
import { accountOf, type DeliveryContract } from "../../lib/contract";
import { type Aws, type Connect, type Failure, findRegion, type Identities, isIdentity, regionToAskFrom, showFailure } from "../aws";
import type { Clock } from "../clock";
import type { Sources } from "../credentials";
import type { LiveResult } from "../report/validate";

/** How long to retry if AWS cannot be reached. The SDK itself retries for some seconds each time. */
const UNREACHABLE_MS = 10_000;
const LONGEST_DELAY_MS = 10_000;

export interface LocateOptions {
  readonly connect: Connect;
  readonly identities: Identities;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a new bucket may be missing. */
  readonly s3Ms: number;
  /** Region and owner from the user's settings. */
  readonly region: string | undefined;
  readonly owner: string | undefined;
}

type Found = Awaited<ReturnType<typeof findRegion>>;

export interface Located {
  readonly region: string;
  /** Set if AWS, the contract or the user's settings determine the region. Otherwise it is only the region to ask first. */
  readonly isRegionKnown: boolean;
  /** Set if AWS said so, not only the contract or the user. */
  readonly isRegionFound: boolean;
  readonly owner: string | undefined;
  readonly missing: boolean;
  readonly extras: readonly LiveResult[];
}

/** What is known about the bucket before AWS is asked. */
export function defaultLocation(contract: DeliveryContract, { owner, region }: LocateOptions): Located {
  const isRegionKnown = (contract.bucket.region ?? region) !== undefined;
  return {
    region: contract.bucket.region ?? regionToAskFrom(contract.partition, region),
    isRegionKnown,
    isRegionFound: false,
    owner,
    missing: false,
    extras: [],
  };
}

export async function locate(
  contract: DeliveryContract,
  { connect, identities, sources, signal, owner, region, clock, s3Ms }: LocateOptions,
): Promise<Located> {
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, region);
  const deployer = await identities.of(sources.deployer, first);
  const asker = isIdentity(deployer) ? sources.deployer : (sources.vendor ?? ({ kind: "anonymous" } as const));
  const found = await untilFound(() => findRegion(connect(asker, first), contract.bucket.name, signal), { s3Ms, clock, signal });
  const missing = isMissing(found);
  const extras: LiveResult[] = [];
  if (found.failure && missing) extras.push(missingBucket(found.failure));
  else if (found.failure && found.failure.kind !== "denied" && !found.region) {
    const { evidence: _, ...unreachable } = missingBucket(found.failure);
    extras.push({ ...unreachable, outcome: "unknown" });
  }
  const { region: expected } = contract.bucket;
  if (expected !== undefined && found.region !== undefined && found.region !== expected) extras.push(otherRegion(expected, found.region));
  const account = owner ?? (contract.role && accountOf(contract.role.arn)) ?? (isIdentity(deployer) ? deployer.account : undefined);
  const isRegionKnown = (found.region ?? contract.bucket.region ?? region) !== undefined;
  return { region: found.region ?? first, isRegionKnown, isRegionFound: found.region !== undefined, owner: account, missing, extras };
}

/** Asks once, in the bucket's region. */
export function findBucket(aws: Aws, name: string, signal: AbortSignal): Promise<Found> {
  return findRegion(aws, name, signal);
}

export function missingBucket(failure: Failure): LiveResult {
  return {
    id: "bucket-exists",
    title: "the bucket exists and can be reached",
    kind: "extra",
    expected: "reachable",
    outcome: "fail",
    evidence: "performed",
    cause: `${failure.cause}: ${showFailure(failure)}`,
    ...(failure.remedy ? { remedy: failure.remedy } : {}),
    deciding: [],
  };
}

export function otherRegion(expected: string, actual: string): LiveResult {
  return {
    id: "bucket-region",
    title: "the bucket is in the region that the contract names",
    kind: "extra",
    expected,
    outcome: "fail",
    evidence: "performed",
    cause: `the bucket is in ${actual}`,
    remedy: "name this region in the construct and in the vendor's form, or find out who owns this bucket",
    deciding: [],
  };
}

export function isMissing({ failure }: Pick<Found, "failure">): boolean {
  return failure?.causeId === "not-found" || failure?.causeId === "no-such-bucket";
}

/** Retries while a new bucket may be missing, or AWS cannot be reached. */
async function untilFound(
  find: () => Promise<Found>,
  { s3Ms, clock, signal }: Pick<LocateOptions, "s3Ms" | "clock" | "signal">,
): Promise<Found> {
  const started = clock.now();
  for (let delay = 1_000; ; delay = Math.min(2 * delay, LONGEST_DELAY_MS)) {
    const found = await find();
    signal.throwIfAborted();
    // A new bucket may answer 307 or 409 for a moment.
    const isUnreachable = found.failure?.kind === "notYet" || (found.region === undefined && found.failure?.kind === "transient");
    const limit = started + (isMissing(found) ? s3Ms : Math.min(s3Ms, UNREACHABLE_MS));
    if (!(isMissing(found) || isUnreachable) || clock.now() >= limit) return found;
    await clock.sleep(Math.min(delay, limit - clock.now()), signal);
  }
}
