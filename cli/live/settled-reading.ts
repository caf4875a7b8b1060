/**
 * How bucket and role stand once nothing is on its way any more: after a change, IAM and S3 may show the state before it for seconds,
 * and what is new not at all.
 */
import type { DeliveryContract, Result } from "../../lib/contract";
import type { Aws } from "../aws";
import type { Clock, Judge } from "../report/validate/types";
import { type ReadBack, readBack } from "./read-back";

/** A reading that is not as it should be is believed when it has stayed so for this long. */
const SETTLED_MS = 10_000;
const FIRST_DELAY_MS = 1_000;

export interface ReadingOptions {
  readonly aws: Aws;
  readonly place: { readonly region: string; readonly owner: string | undefined };
  readonly judge: Judge;
  /** How long something may be missing that is only on its way. */
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export async function settledReading(
  contract: DeliveryContract,
  { aws, place, judge, s3Ms, clock, signal }: ReadingOptions,
): Promise<{ readonly live: ReadBack; readonly results: readonly Result[] }> {
  const started = clock.now();
  for (let delay = FIRST_DELAY_MS; ; delay *= 2) {
    const live = await readBack(aws, contract, place, signal);
    const results = judge(contract, live.account);
    const limit = started + (lacksPart(contract, live) ? s3Ms : Math.min(s3Ms, SETTLED_MS));
    const asItShouldBe = !isUnsettled(contract, live) && results.every(({ outcome }) => outcome !== "fail");
    if (asItShouldBe || clock.now() >= limit) return { live, results };
    await clock.sleep(Math.min(delay, SETTLED_MS, limit - clock.now()), signal);
  }
}

/** Whether an answer was one that passes. */
function isUnsettled({ role }: DeliveryContract, { account, unread }: ReadBack): boolean {
  const isPassing = unread.some(({ failure }) => failure.kind === "transient" || failure.kind === "notYet");
  return isPassing || (role !== undefined && account.roles.length === 0);
}

/** A role or a policy that is not there at all was forgotten, or is still on its way. */
function lacksPart({ role }: DeliveryContract, { account }: ReadBack): boolean {
  const [live] = account.roles;
  const lacksRole = role !== undefined && (!live || live.inlinePolicies.length + live.managedPolicies.length === 0);
  return lacksRole || account.buckets.some(({ policies }) => policies.length === 0);
}
