/**
 * Reads the bucket and the role until the reading is stable: after a change, IAM and S3 may return the old state for seconds, or
 * may not know a new resource at all.
 */
import type { DeliveryContract, Result } from "../../../lib/contract";
import type { AccountModel } from "../../../lib/plan";
import type { Clock } from "../../clock";
import { type ReadBack, type ReadBackOptions, readBack } from "./read-back";

/** Judges a contract by a reading. Pure. */
export type Judge = (contract: DeliveryContract, account: AccountModel) => readonly Result[];

/** A reading with a failed result counts if it stays the same for this long. */
const STABLE_MS = 10_000;
const FIRST_DELAY_MS = 1_000;

export interface ReadUntilStableOptions extends ReadBackOptions {
  /** The results that follow from a reading. */
  readonly judge: (live: ReadBack) => readonly Result[];
  /** How long a new resource may be missing. */
  readonly s3Ms: number;
  readonly clock: Clock;
}

export async function readUntilStable(contract: DeliveryContract, options: ReadUntilStableOptions): Promise<ReadBack> {
  const { judge, s3Ms, clock, signal } = options;
  const started = clock.now();
  for (let delay = FIRST_DELAY_MS; ; delay *= 2) {
    const live = await readBack(contract, options);
    const results = judge(live);
    const limit = started + (lacksPart(contract, live) ? s3Ms : Math.min(s3Ms, STABLE_MS));
    const isGood = !mayChange(contract, live) && results.every(({ outcome }) => outcome !== "fail");
    if (isGood || clock.now() >= limit) return live;
    await clock.sleep(Math.min(delay, STABLE_MS, limit - clock.now()), signal);
  }
}

/** Whether a later reading may succeed where this one did not. */
function mayChange({ role }: DeliveryContract, { account, unread }: ReadBack): boolean {
  const isTemporary = unread.some(({ failure }) => failure.kind === "transient" || failure.kind === "notYet");
  return isTemporary || (role !== undefined && account.roles.length === 0);
}

/** Whether a role or a policy is missing: somebody forgot it, or AWS does not return it yet. */
function lacksPart({ role }: DeliveryContract, { account }: ReadBack): boolean {
  const [live] = account.roles;
  const lacksRole = role !== undefined && (!live || live.inlinePolicies.length + live.managedPolicies.length === 0);
  return lacksRole || account.buckets.some(({ policies }) => policies.length === 0);
}
