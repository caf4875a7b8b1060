import type { Aws } from "../aws";
import type { Clock } from "../clock";

/** How long the clean-up of one destination may take. */
export const CLEAN_UP_MS = 60_000;

/** How often a removal is attempted: a broken connection or a throttled request must not leave anything behind. */
export const REMOVAL_ATTEMPTS = 4;

/** Waits before the next attempt of a removal; the first attempt (0) does not wait. */
export async function waitBeforeAttempt(attempt: number, clock: Clock): Promise<void> {
  if (attempt > 0) await clock.sleep(500 * 2 ** attempt);
}

/** The same caller, whose requests end with the signal. */
export function stoppedBy(aws: Aws, signal: AbortSignal): Aws {
  return {
    call: async (operation, input, options) => {
      try {
        signal.throwIfAborted();
        return await aws.call(operation, input, { ...options, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw Object.assign(new Error(signal.reason?.message), { name: "TimeoutError" });
      }
    },
  };
}
