import { randomUUID } from "node:crypto";
import { setTimeout as timeout } from "node:timers/promises";

/** Time and randomness are arguments, so that tests run without waiting. */
export interface Clock {
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Runs something later, unless the function that it returns is called before. Keeps no process alive. */
  after(milliseconds: number, run: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
  uuid(): string;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await timeout(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
  after: (milliseconds, run) => {
    // A longer timer would end at once.
    const timer = setTimeout(run, Math.min(milliseconds, LONGEST_TIMER_MS)).unref();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  uuid: () => randomUUID(),
};
