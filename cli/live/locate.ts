/** Finds out where the bucket is and whose it should be, before a client for it is made. */
import type { DeliveryContract } from "../../lib/contract";
import { type Connect, findRegion, regionToAskFrom, showFailure } from "../aws";
import { accountOf, type Identities, isIdentity, type Sources } from "../credentials";
import type { Clock, LiveResult } from "../report/validate/types";

/** Longest wait for somebody to answer; the SDK has tried for some seconds each time. */
const UNREACHED_MS = 10_000;
const LONGEST_DELAY_MS = 10_000;

export interface LocateOptions {
  readonly connect: Connect;
  readonly identities: Identities;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a new bucket may not be known everywhere. */
  readonly s3Ms: number;
  /** Region and owner from the user's settings. */
  readonly region: string | undefined;
  readonly owner: string | undefined;
}

type Found = Awaited<ReturnType<typeof findRegion>>;

export interface Located {
  readonly region: string;
  readonly owner: string | undefined;
  readonly missing: boolean;
  readonly extras: readonly LiveResult[];
}

/** Where a validation stands that was stopped before it could ask. */
export function nowhere(contract: DeliveryContract, { owner, region }: LocateOptions): Located {
  return { region: contract.bucket.region ?? regionToAskFrom(contract.partition, region), owner, missing: false, extras: [] };
}

/** Region and owner of the bucket, before anything else is asked. */
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
  if (found.failure && (missing || (found.failure.kind !== "denied" && !found.region)))
    extras.push({
      id: "bucket-exists",
      title: "the bucket exists and can be reached",
      kind: "extra",
      expected: "reachable",
      outcome: missing ? "fail" : "unknown",
      ...(missing ? { evidence: "performed" as const } : {}),
      cause: `${found.failure.cause}: ${showFailure(found.failure)}`,
      ...(found.failure.remedy ? { remedy: found.failure.remedy } : {}),
      deciding: [],
    });
  const { region: agreed } = contract.bucket;
  if (agreed !== undefined && found.region !== undefined && found.region !== agreed)
    extras.push({
      id: "bucket-region",
      title: "the bucket is in the region that the contract names",
      kind: "extra",
      expected: agreed,
      outcome: "fail",
      evidence: "performed",
      cause: `the bucket is in ${found.region}`,
      remedy: "name this region in the construct and in the vendor's form, or find out whose bucket this is",
      deciding: [],
    });
  const account = owner ?? (contract.role && accountOf(contract.role.arn)) ?? (isIdentity(deployer) ? deployer.account : undefined);
  return { region: found.region ?? first, owner: account, missing, extras };
}

function isMissing({ failure }: Found): boolean {
  return failure?.causeId === "not-found" || failure?.causeId === "no-such-bucket";
}

/** Asks again while the bucket may be on its way, or nobody can be reached. */
async function untilFound(
  find: () => Promise<Found>,
  { s3Ms, clock, signal }: Pick<LocateOptions, "s3Ms" | "clock" | "signal">,
): Promise<Found> {
  const started = clock.now();
  for (let delay = 1_000; ; delay = Math.min(2 * delay, LONGEST_DELAY_MS)) {
    const found = await find();
    signal.throwIfAborted();
    const unreached = found.region === undefined && found.failure?.kind === "transient";
    const limit = started + (isMissing(found) ? s3Ms : Math.min(s3Ms, UNREACHED_MS));
    if (!(isMissing(found) || unreached) || clock.now() >= limit) return found;
    await clock.sleep(Math.min(delay, limit - clock.now()), signal);
  }
}
