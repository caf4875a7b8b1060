/** A run ends at any of its requests, by a signal or by SIGKILL: afterwards `--clean-up` leaves nothing, with the journal or without it. */
import { describe, expect, test } from "vitest";
import { type Destination, FaultAccount } from "./account";
import { DESTINATIONS, titleOf } from "./destinations";

/** Reads of the bucket and the role leave nothing, so kills begin shortly before the first write. */
const BEFORE_WRITES = 3;

interface End {
  readonly title: string;
  /** Whether AWS has the request at which the run ends. */
  readonly isDone: boolean;
  readonly isKill: boolean;
  readonly journal: "kept" | "lost";
}

/** In turn, so that each request meets one and neighbouring requests meet all of them. */
const ENDS: readonly End[] = [
  { title: "killed before it, the journal kept", isDone: false, isKill: true, journal: "kept" },
  { title: "killed after it, the journal kept", isDone: true, isKill: true, journal: "kept" },
  { title: "killed after it, the journal lost", isDone: true, isKill: true, journal: "lost" },
  { title: "stopped by a signal at it", isDone: true, isKill: false, journal: "kept" },
  { title: "killed before it, the journal lost", isDone: false, isKill: true, journal: "lost" },
];

async function writesOf(destination: Destination): Promise<{ readonly first: number; readonly last: number }> {
  const account = new FaultAccount(destination);
  let first = Number.POSITIVE_INFINITY;
  account.fault = ({ operation, index }) => {
    if (/:(Put|Create|Upload|Complete|Abort|Delete)/.test(operation)) first = Math.min(first, index);
    return undefined;
  };
  await account.validate();
  return { first: first - BEFORE_WRITES, last: account.calls };
}

describe.each(DESTINATIONS.map((destination, turn) => ({ title: titleOf(destination), destination, turn })))("$title", (one) => {
  const writes = writesOf(one.destination);

  test.each(ENDS.map((end, index) => ({ ...end, end, index })))("$title", async ({ end, index }) => {
    const { first, last } = await writes;
    for (let at = first; at <= last; at++) {
      if ((at + one.turn) % ENDS.length !== index) continue;
      const account = new FaultAccount(one.destination);
      let operation = "";
      account.fault = (asked) => {
        if (asked.index !== at) return undefined;
        operation = asked.operation;
        if (end.isKill) account.kill();
        else account.place.stop.abort(new Error("interrupted by SIGTERM"));
        return { reachesAws: end.isDone };
      };

      const report = await account.validate();
      if (report) {
        expect(report.left, `${at}: ${operation}`).toEqual([]);
        // A result that was not tried tells what ended the run.
        expect(report.results.filter(({ cause }) => cause?.startsWith("it was not tried")).map(({ id }) => id)).toEqual([]);
      } else await account.cleanUp(end.journal);

      expect(account.left, `${at}: ${operation}`).toEqual([]);
    }
  });
});
