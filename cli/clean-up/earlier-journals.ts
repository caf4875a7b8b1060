import { existsSync } from "node:fs";
import type { Clock } from "../clock";
import { FileJournal, type JournalItem, readJournal, runOf } from "./journal";
import { findJournals } from "./journal-folder";
import { isRunning } from "./run-identity";

export interface EarlierJournals {
  readonly journals: readonly { readonly journal: FileJournal; readonly items: readonly JournalItem[] }[];
  /** Journals that are left alone, each with the reason. */
  readonly skipped: readonly string[];
}

/** The journals of earlier runs: the one that the user named, or all that are found, except those of runs in progress. */
export async function earlierJournals(
  named: string | undefined,
  clock: Pick<Clock, "now" | "sleep">,
  folders?: readonly string[],
): Promise<EarlierJournals> {
  const { paths, distrusted } =
    named === undefined ? findJournals(folders) : { paths: existsSync(named) ? [named] : [], distrusted: [] as string[] };
  const goingOn = await Promise.all(paths.map((path) => named === undefined && isRunning(runOf(path), path, clock)));
  return {
    journals: paths
      .filter((path, index) => !goingOn[index] && existsSync(path))
      .map((path) => ({ journal: FileJournal.resume(path), items: readJournal(path) })),
    skipped: [
      ...distrusted,
      ...paths
        .filter((path, index) => goingOn[index] && existsSync(path))
        .map((path) => `${path} belongs to a validation that is still running`),
    ],
  };
}
