/**
 * Records on disk what a validation is about to write to AWS, so that even a killed validation can be cleaned up later.
 *
 * Each run has one file, with one JSON object per line. The file is deleted when everything in it is gone.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

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

/** The folder of journals, unless the user names a file. */
export function defaultJournalFolder(): string {
  return join(tmpdir(), `vendor-destination-${userInfo().username.replace(/[^\w.-]/g, "_")}`);
}

export class FileJournal implements Journal {
  private readonly open = new Set<string>();

  constructor(readonly path: string) {}

  /** The journal of an earlier run, to record what is gone by now. */
  static resume(path: string): FileJournal {
    const journal = new FileJournal(path);
    for (const item of readJournal(path)) journal.open.add(keyOf(item));
    return journal;
  }

  /** Deletes the journal if nothing in it remains. */
  close(): void {
    if (this.open.size === 0) rmSync(this.path, { force: true });
  }

  intend(item: JournalItem): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    this.open.add(keyOf(item));
    this.append({ intend: item });
  }

  gone(item: JournalItem): void {
    if (!this.open.delete(keyOf(item))) return;
    this.append({ gone: item });
    if (this.open.size === 0) rmSync(this.path, { force: true });
  }

  private append(line: unknown): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}

/** What a journal says was written and not removed. A line that a crash cut off is ignored. */
export function readJournal(path: string): JournalItem[] {
  const open = new Map<string, JournalItem>();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const entry = parseLine(line);
    if (entry?.intend) open.set(keyOf(entry.intend), entry.intend);
    if (entry?.gone) open.delete(keyOf(entry.gone));
  }
  return [...open.values()];
}

/** The journals of earlier runs: the named file, or all files in the default folder except those of runs that are still running. */
export function journalFiles(named: string | undefined): string[] {
  if (named !== undefined) return existsSync(named) ? [named] : [];
  const folder = defaultJournalFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl") && !isRunning(Number(name.match(/-(\d+)\.jsonl$/)?.[1])))
    .map((name) => join(folder, name));
}

/** The journal of a new run. Its name ends in the process ID. */
export function newJournalFile(now: Date, pid: number): string {
  return join(defaultJournalFolder(), `${now.toISOString().replace(/\W/g, "")}-${pid}.jsonl`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function keyOf(item: JournalItem): string {
  return JSON.stringify([item.kind, item.name, item.key ?? ""]);
}

function parseLine(line: string): { intend?: JournalItem; gone?: JournalItem } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
