import type { Clock } from "../clock";

/** How often a removal is attempted: a broken connection or a throttled request must not leave anything behind. */
export const REMOVAL_ATTEMPTS = 4;

/** Waits before the next attempt of a removal; the first attempt (0) does not wait. */
export async function waitBeforeAttempt(attempt: number, clock: Clock): Promise<void> {
  if (attempt > 0) await clock.sleep(500 * 2 ** attempt);
}
