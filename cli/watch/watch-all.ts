/** Watches destinations until each has its answer, or the time is up. */
import type { DeliveryContract } from "../../lib/contract";
import { EXIT, type ExitCode } from "../exit-codes";
import { WATCH_REPORT_SCHEMA_VERSION, type WatchedDestination, type WatchReport, type WatchTotals } from "../report/watch/types";
import { type LookOptions, Watched } from "./poll";
import { SerialQueue } from "./serial-queue";

export interface WatchAllOptions extends LookOptions {
  readonly program: string;
  /** Look once, and answer. */
  readonly once: boolean;
  readonly timeoutMs: number;
  readonly intervalMs: number;
  /** Told what is going on, for people who wait. */
  progress(report: WatchedDestination): void;
}

export async function watchAll(contracts: readonly DeliveryContract[], options: WatchAllOptions): Promise<WatchReport> {
  const { clock } = options;
  const started = clock.now();
  const turns = new SerialQueue();
  const watched = contracts.map((contract) => new Watched(contract, options, turns));
  const reports = new Map<Watched, WatchedDestination>();
  await Promise.all(watched.map((one) => watchOne(one, reports, started, options)));
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

async function watchOne(
  one: Watched,
  reports: Map<Watched, WatchedDestination>,
  started: number,
  { clock, once, timeoutMs, intervalMs, signal, progress }: WatchAllOptions,
): Promise<void> {
  try {
    for (;;) {
      const { report, final } = await one.look();
      reports.set(one, report);
      progress(report);
      const left = started + timeoutMs - clock.now();
      if (final || once || left <= 0) return;
      await clock.sleep(Math.min(intervalMs, left), signal);
    }
  } catch (error) {
    const reason = signal.aborted ? signal.reason : error;
    reports.set(one, cutShort(one, reports.get(one), reason instanceof Error ? reason.message : String(reason)));
  }
}

/** What was seen until something stopped the watch. */
function cutShort({ contract, prefixes }: Watched, seen: WatchedDestination | undefined, stopped: string): WatchedDestination {
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

/** A late delivery outweighs what could not be told. */
function exitCodeOf({ late, nothingYet, couldNotTell }: WatchTotals): ExitCode {
  if (late > 0) return EXIT.finding;
  return nothingYet + couldNotTell > 0 ? EXIT.unknown : EXIT.fine;
}
