/** Limits how long work may take. */
import { setMaxListeners } from "node:events";
import type { Clock } from "./clock";

export interface Deadline {
  readonly signal: AbortSignal;
  /** Must be called when the work is done. */
  clear(): void;
}

export interface DeadlineOptions {
  readonly milliseconds: number;
  readonly reason: string;
  readonly clock: Pick<Clock, "after">;
  readonly other?: AbortSignal;
}

/** A signal that is aborted after some time, or with another one. */
export function deadlineAfter({ milliseconds, reason, clock, other }: DeadlineOptions): Deadline {
  const stop = new AbortController();
  // Every request in progress listens to it.
  setMaxListeners(0, stop.signal);
  const forward = () => stop.abort(other?.reason);
  if (other?.aborted) forward();
  other?.addEventListener("abort", forward, { once: true });
  const cancel = clock.after(milliseconds, () => stop.abort(new Error(reason)));
  return {
    signal: stop.signal,
    clear: () => {
      cancel();
      other?.removeEventListener("abort", forward);
    },
  };
}
