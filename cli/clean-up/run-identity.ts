/** Finds out whether the run that wrote a journal is still in progress, even in another container or on another machine. */
import { readFileSync, readlinkSync, statSync } from "node:fs";
import { hostname } from "node:os";
import type { Clock } from "../clock";

/** Identifies a run. The process ID is only meaningful on the same host, in the same PID namespace. */
export interface RunIdentity {
  readonly host: string;
  readonly pid: number;
  /** The start time of the process in the system's units. It distinguishes the process from a later one with the same ID. */
  readonly start: string | undefined;
}

/** How often a run touches its journal. */
export const HEARTBEAT_MS = 5_000;

/** A run that has not touched its journal for this long has ended. */
const SILENT_MS = 20_000;

export function thisRun(): RunIdentity {
  return { host: `${hostname()} ${pidNamespace()}`, pid: process.pid, start: startOf(process.pid) };
}

/**
 * Whether the run is in progress. If its process is not visible here, the age of its last heartbeat decides, which may take some seconds.
 */
export async function isRunning(run: RunIdentity | undefined, path: string, clock: Pick<Clock, "now" | "sleep">): Promise<boolean> {
  if (run?.host === thisRun().host && run.start !== undefined) return startOf(run.pid) === run.start;
  const before = heartbeatOf(path);
  const silentFor = clock.now() - before;
  if (silentFor >= SILENT_MS) return false;
  await clock.sleep(SILENT_MS - Math.max(0, silentFor));
  return heartbeatOf(path) > before;
}

function heartbeatOf(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    // The run has removed its journal, so nothing is left.
    return Number.POSITIVE_INFINITY;
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** Field 22 of /proc/<pid>/stat; undefined if there is no such process, or the system does not show it. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
