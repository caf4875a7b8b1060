/** Watches destinations until each has an answer, or the time is up. */
import type { DeliveryContract } from "../../lib/contract";
import { EXIT, type ExitCode } from "../exit-codes";
import { WATCH_REPORT_SCHEMA_VERSION, type WatchedDestination, type WatchReport, type WatchTotals } from "../report/watch";
import { poll } from "./poll";
import { SerialQueue } from "./queue";
import { type PollOptions, type Watched, watchedOf } from "./watched";

export interface WatchAllOptions extends PollOptions {
  readonly program: string;
  /** Poll once, and answer. */
  readonly once: boolean;
  readonly timeoutMs: number;
  readonly intervalMs: number;
  /** Reports to a waiting user what is going on. */
  progress(report: WatchedDestination): void;
}

export async function watchAll(contracts: readonly DeliveryContract[], options: WatchAllOptions): Promise<WatchReport> {
  const { clock } = options;
  const started = clock.now();
  const serialQueue = new SerialQueue();
  const watched = contracts.map((contract) => watchedOf(contract, options, serialQueue));
  const reports = new Map<Watched, WatchedDestination>();
  await Promise.all(watched.map((one) => watchOne(one, { ...options, started, reports })));
  const destinations = watched.map((one) => reports.get(one)!);
  const totals = totalsOf(destinations);
  return {
    schemaVersion: WATCH_REPORT_SCHEMA_VERSION,
    program: options.program,
    startedAt: new Date(started).toISOString(),
    durationMs: clock.now() - started,
    destinations,
    totals,
    exitCode: exitCodeOf(totals),
  };
}

interface Run extends WatchAllOptions {
  readonly started: number;
  readonly reports: Map<Watched, WatchedDestination>;
}

async function watchOne(one: Watched, run: Run): Promise<void> {
  const { clock, once, timeoutMs, intervalMs, signal, progress, started, reports } = run;
  try {
    for (;;) {
      const { report, final } = await poll(one);
      reports.set(one, report);
      progress(report);
      const left = started + timeoutMs - clock.now();
      if (final || once || left <= 0) return;
      await clock.sleep(Math.min(intervalMs, left), signal);
    }
  } catch (error) {
    const reason = signal.aborted ? signal.reason : error;
    reports.set(one, stoppedReport(one, reports.get(one), reason instanceof Error ? reason.message : String(reason)));
  }
}

/** The report of a watch that was stopped. */
function stoppedReport({ contract, prefixes }: Watched, seen: WatchedDestination | undefined, stopped: string): WatchedDestination {
  const note = `stopped: ${stopped}`;
  if (seen) return { ...seen, notes: [...seen.notes, note] };
  return {
    contract: contract.id,
    vendor: `${contract.vendor.name} ${contract.vendor.product}`,
    bucket: contract.bucket.name,
    door: contract.door,
    keyPrefixes: prefixes,
    status: "couldNotTell",
    summary: note,
    results: [],
    sources: [],
    notes: [note],
  };
}

function totalsOf(destinations: readonly WatchedDestination[]): WatchTotals {
  const totals = { destinations: destinations.length, onTime: 0, late: 0, nothingYet: 0, couldNotTell: 0 };
  for (const { status } of destinations) totals[status]++;
  return totals;
}

/** A late delivery outweighs an unknown result, and an unknown result outweighs a missing first delivery. */
function exitCodeOf({ late, nothingYet, couldNotTell }: WatchTotals): ExitCode {
  if (late > 0) return EXIT.finding;
  if (couldNotTell > 0) return EXIT.unknown;
  return nothingYet > 0 ? EXIT.nothingYet : EXIT.fine;
}
