/** Finds out where the bucket is and whose it should be, before a client for it is made. */
import type { DeliveryContract } from "../../lib/contract/types";
import { showFailure } from "../aws/failure";
import type { Connect } from "../aws/operations";
import type { Sources } from "./casting";
import { type Identities, isIdentity } from "./identities";
import { accountOf } from "./principals";
import { findRegion, regionToAskFrom } from "./region";
import type { LiveResult } from "./types";

export interface LocateOptions {
  readonly connect: Connect;
  readonly identities: Identities;
  readonly sources: Sources;
  readonly signal: AbortSignal;
  /** Region and owner from the user's settings. */
  readonly region: string | undefined;
  readonly owner: string | undefined;
}

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
  { connect, identities, sources, signal, owner, region }: LocateOptions,
): Promise<Located> {
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, region);
  const deployer = await identities.of(sources.deployer, first);
  const asker = isIdentity(deployer) ? sources.deployer : (sources.vendor ?? ({ kind: "anonymous" } as const));
  const found = await findRegion(connect(asker, first), contract.bucket.name, signal);
  const missing = found.failure?.causeId === "not-found" || found.failure?.causeId === "no-such-bucket";
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
  const account = owner ?? (contract.role && accountOf(contract.role.arn)) ?? (isIdentity(deployer) ? deployer.account : undefined);
  return { region: found.region ?? first, owner: account, missing, extras };
}
