/** Ends what takes too long. */
import { setMaxListeners } from "node:events";

export interface Deadline {
  readonly signal: AbortSignal;
  /** Must be called when the work is done. */
  clear(): void;
}

/** A signal that is aborted after some time, or with another one. */
export function deadlineAfter(milliseconds: number, reason: string, other?: AbortSignal): Deadline {
  const stop = new AbortController();
  // Every request in progress listens to it.
  setMaxListeners(0, stop.signal);
  const forward = () => stop.abort(other?.reason);
  if (other?.aborted) forward();
  other?.addEventListener("abort", forward, { once: true });
  const timer = setTimeout(() => stop.abort(new Error(reason)), milliseconds).unref();
  return {
    signal: stop.signal,
    clear: () => {
      clearTimeout(timer);
      other?.removeEventListener("abort", forward);
    },
  };
}
