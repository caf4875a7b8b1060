/** Repeats a request until its answer is stable: IAM and S3 apply a change within seconds to minutes, and not everywhere at once. */
import { showFailure } from "../aws";
import type { Clock } from "../clock";
import type { Attempt } from "./attempt";

/** This many equal answers in a row confirm an answer. A single one may come from the only replica that knows of the change. */
export const CONFIRMATIONS = 3;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 10_000;

export interface PollResult {
  /** The wanted answer came often enough in a row. */
  readonly confirmed: boolean;
  readonly last: Attempt;
  readonly tries: number;
  readonly waitedMs: number;
  /** AWS both allowed and denied the request, as it does while a change propagates. */
  readonly unstable: boolean;
}

export interface PollOptions {
  readonly wanted: "allowed" | "refused";
  /** Until this time (of `clock`), another answer may mean that a change has not propagated yet. */
  readonly deadline: number;
  /** The network may block the request altogether, as many block plain HTTP: some broken connections in a row end the polling. */
  readonly mayBeBlocked?: boolean;
  /** How many wanted answers in a row confirm the answer. @default CONFIRMATIONS */
  readonly confirmations?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** So many broken connections in a row, each of several tries, are no accident. */
const BLOCKED = 2;

/** Whether something between here and AWS answered, or nothing at all. */
export function isNoAnswerOfAws(attempt: Attempt): boolean {
  return attempt.outcome === "failed" && ["network", "tls", "proxy", "not-aws"].includes(attempt.failure.causeId ?? "");
}

/** What kept AWS from answering. */
export function blockedBy(attempt: Attempt): string {
  return "failure" in attempt ? showFailure(attempt.failure) : "";
}

export async function pollUntilStable(attempt: () => Promise<Attempt>, options: PollOptions): Promise<PollResult> {
  const { wanted, deadline, clock, signal, confirmations = CONFIRMATIONS, mayBeBlocked = false } = options;
  const started = clock.now();
  const seen = new Set<Attempt["outcome"]>();
  let inARow = 0;
  let blocked = 0;
  let delay = FIRST_DELAY_MS;
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    const last = await attempt();
    seen.add(last.outcome);
    inARow = last.outcome === wanted ? inARow + 1 : 0;
    const result = { last, tries, waitedMs: clock.now() - started, unstable: seen.has("allowed") && seen.has("refused") };
    if (inARow >= confirmations) return { ...result, confirmed: true };
    if (inARow > 0) continue;
    const left = deadline - clock.now();
    blocked = isNoAnswerOfAws(last) ? blocked + 1 : 0;
    if (mayBeBlocked && blocked >= BLOCKED) return { ...result, confirmed: false };
    if (left <= 0 || (last.outcome === "failed" && last.failure.kind === "fatal")) return { ...result, confirmed: false };
    await clock.sleep(Math.min(left, delay * (0.5 + clock.random() / 2)), signal);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }
}
