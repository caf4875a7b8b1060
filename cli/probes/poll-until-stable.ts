/** Asks until the answer stays the same: rights spread over AWS within seconds to minutes, and not everywhere at once. */
import type { Failure } from "../aws";
import type { Clock } from "../report/validate/types";

/** As many equal answers in a row settle a question: a single one may come from the one replica that knows already. */
export const IN_A_ROW = 3;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 10_000;

/** One answer: AWS did it, refused it, or something else went wrong. */
export type Attempt = { readonly outcome: "allowed" } | { readonly outcome: "refused" | "failed"; readonly failure: Failure };

export interface PollResult {
  /** The wanted answer came often enough in a row. */
  readonly settled: boolean;
  readonly last: Attempt;
  readonly tries: number;
  readonly waitedMs: number;
  /** Both allowed and refused were seen, which is how a change looks that is still spreading. */
  readonly wavering: boolean;
}

export interface HoldOptions {
  readonly wanted: "allowed" | "refused";
  /** Point in time (of `clock`) until which another answer may be "not yet". */
  readonly deadline: number;
  /** As many wanted answers settle it. @default IN_A_ROW */
  readonly inARow?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export async function pollUntilStable(attempt: () => Promise<Attempt>, options: HoldOptions): Promise<PollResult> {
  const { wanted, deadline, clock, signal, inARow: enough = IN_A_ROW } = options;
  const started = clock.now();
  const seen = new Set<Attempt["outcome"]>();
  let inARow = 0;
  let delay = FIRST_DELAY_MS;
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    const last = await attempt();
    seen.add(last.outcome);
    inARow = last.outcome === wanted ? inARow + 1 : 0;
    const held = { last, tries, waitedMs: clock.now() - started, wavering: seen.has("allowed") && seen.has("refused") };
    if (inARow >= enough) return { ...held, settled: true };
    if (inARow > 0) continue;
    const left = deadline - clock.now();
    if (left <= 0 || (last.outcome === "failed" && last.failure.kind === "fatal")) return { ...held, settled: false };
    await clock.sleep(Math.min(left, delay * (0.5 + clock.random() / 2)), signal);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }
}
