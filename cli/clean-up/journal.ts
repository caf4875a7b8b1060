/**
 * Records on disk what a validation is about to write to AWS, so that even a killed validation can be cleaned up later.
 *
 * Each run has one file, with one JSON object per line. The file is deleted when everything in it is gone.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { journalFolders, makeFolder, prepareFolder } from "./journal-folder";
import { HEARTBEAT_MS, type RunIdentity } from "./run-identity";

/** A test object, or a stand-in role. */
export interface JournalItem {
  readonly kind: "object" | "role";
  /** The bucket of an object, or the name of a role. */
  readonly name: string;
  readonly key?: string;
  readonly region?: string;
  /** The account that owns it. */
  readonly owner?: string;
  /** The object is written by a multipart upload. */
  readonly inParts?: boolean;
}

export interface Journal {
  /** Called before the item is written. */
  intend(item: JournalItem): void;
  /** Called when AWS has confirmed that it is gone. */
  gone(item: JournalItem): void;
}

/** For what is in no journal. */
export const NO_JOURNAL: Journal = { intend: () => {}, gone: () => {} };

export class FileJournal implements Journal {
  private readonly open = new Set<string>();
  private heartbeat: NodeJS.Timeout | undefined;

  /** @param run the run that writes it; absent if the journal is that of an earlier run */
  constructor(
    readonly path: string,
    private readonly run?: RunIdentity,
  ) {}

  /** The journal of an earlier run, to record what is gone by now. */
  static resume(path: string): FileJournal {
    const journal = new FileJournal(path);
    for (const item of readJournal(path)) journal.open.add(keyOf(item));
    return journal;
  }

  /** Deletes the journal if nothing in it remains. */
  close(): void {
    clearInterval(this.heartbeat);
    this.heartbeat = undefined;
    if (this.open.size === 0) rmSync(this.path, { force: true });
  }

  intend(item: JournalItem): void {
    if (this.run && !this.heartbeat) this.begin(this.run);
    this.open.add(keyOf(item));
    this.append({ intend: item });
  }

  gone(item: JournalItem): void {
    if (!this.open.delete(keyOf(item))) return;
    this.append({ gone: item });
    if (this.open.size === 0) this.close();
  }

  private begin(run: RunIdentity): void {
    this.append({ run });
    const touch = () => {
      const now = new Date();
      try {
        utimesSync(this.path, now, now);
      } catch {
        // The next write says what is wrong with the file.
      }
    };
    this.heartbeat = setInterval(touch, HEARTBEAT_MS).unref();
  }

  private append(line: unknown): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}

/** The items that a journal lists as written and not removed. A line that a crash cut off is ignored. */
export function readJournal(path: string): JournalItem[] {
  const open = new Map<string, JournalItem>();
  for (const { intend, gone } of entriesOf(path)) {
    if (isItem(intend)) open.set(keyOf(intend), intend);
    if (isItem(gone)) open.delete(keyOf(gone));
  }
  return [...open.values()];
}

/** The run that wrote the journal, if the journal says. */
export function runOf(path: string): RunIdentity | undefined {
  return entriesOf(path).findLast(({ run }) => typeof run?.host === "string" && Number.isInteger(run.pid))?.run;
}

/** Where a new run records what it writes, or why there is no place for it. */
export function newJournalFile(
  now: Date,
  { named, folders = journalFolders() }: { readonly named: string | undefined; readonly folders?: readonly string[] },
): { readonly path: string } | { readonly problem: string } {
  if (named !== undefined) {
    const problem = appendProblem(named);
    return problem === undefined ? { path: named } : { problem };
  }
  const problems: string[] = [];
  for (const folder of folders) {
    const path = join(folder, `${now.toISOString().replace(/\W/g, "")}-${process.pid}.jsonl`);
    const problem = prepareFolder(folder) ?? appendProblem(path);
    if (problem === undefined) return { path };
    problems.push(`${folder}: ${problem}`);
  }
  return { problem: problems.join("; ") };
}

/** Why the file cannot be appended to. A file that did not exist does not exist afterwards. */
function appendProblem(path: string): string | undefined {
  const isNew = !existsSync(path);
  try {
    makeFolder(dirname(path));
    appendFileSync(path, "", { mode: 0o600 });
    if (isNew) rmSync(path, { force: true });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function keyOf(item: JournalItem): string {
  return JSON.stringify([item.kind, item.name, item.key ?? ""]);
}

interface Entry {
  readonly intend?: unknown;
  readonly gone?: unknown;
  readonly run?: RunIdentity;
}

function entriesOf(path: string): Entry[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        const entry: unknown = JSON.parse(line);
        return typeof entry === "object" && entry !== null ? [entry as Entry] : [];
      } catch {
        return [];
      }
    });
}

function isItem(value: unknown): value is JournalItem {
  const { kind, name, key, region, owner } = (value ?? {}) as Partial<Record<keyof JournalItem, unknown>>;
  const isTextOrAbsent = (text: unknown) => text === undefined || typeof text === "string";
  return (kind === "object" || kind === "role") && typeof name === "string" && [key, region, owner].every(isTextOrAbsent);
}
