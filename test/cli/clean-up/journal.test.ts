/** Where journals are, which of them are believed, and which belong to a run that is going on. */
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { earlierJournals } from "../../../cli/clean-up/earlier-journals";
import { FileJournal, newJournalFile, readJournal } from "../../../cli/clean-up/journal";
import { journalFolders } from "../../../cli/clean-up/journal-folder";
import { isRunning, thisRun } from "../../../cli/clean-up/run-identity";

const ROLE = { kind: "role", name: "vendor-destination-stand-in-0badcafe" } as const;
const now = { now: () => Date.now(), sleep: async () => {} };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journals-"));
  path = join(folder, "1.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

function silent(file: string): void {
  const then = new Date(Date.now() - 60_000);
  utimesSync(file, then, then);
}

describe("a run", () => {
  test("is going on while its process lives", async () => {
    writeFileSync(path, "");
    silent(path);

    expect(await isRunning(thisRun(), path, now)).toBe(true);
  });

  test("is over if another process has its ID by now", async () => {
    writeFileSync(path, "");

    expect(await isRunning({ ...thisRun(), start: "1" }, path, now)).toBe(false);
  });

  test("is over in another container, whatever process has its ID here, if its journal was not touched", async () => {
    writeFileSync(path, "");
    silent(path);

    expect(await isRunning({ ...thisRun(), host: "elsewhere" }, path, now)).toBe(false);
  });

  test("is going on in another container if its journal is touched in the meantime, and over if not", async () => {
    writeFileSync(path, "");
    const touched = { ...now, sleep: async () => utimesSync(path, new Date(), new Date(Date.now() + 5_000)) };

    expect(await isRunning({ ...thisRun(), host: "elsewhere" }, path, touched)).toBe(true);
    expect(await isRunning({ ...thisRun(), host: "elsewhere" }, path, now)).toBe(false);
  });
});

describe("earlier journals", () => {
  test("are those of runs that are over; the others are named", async () => {
    const mine = new FileJournal(path, thisRun());
    mine.intend(ROLE);
    new FileJournal(join(folder, "2.jsonl"), { ...thisRun(), start: "1" }).intend(ROLE);

    const { journals, skipped } = await earlierJournals(undefined, now, [folder]);

    expect(journals.map(({ journal }) => journal.path)).toEqual([join(folder, "2.jsonl")]);
    expect(skipped).toEqual([`${path} belongs to a validation that is still running`]);
    mine.gone(ROLE);
  });

  test("are not believed where others may write, or behind a symbolic link", async () => {
    new FileJournal(path).intend(ROLE);
    chmodSync(path, 0o666);
    symlinkSync("/etc/passwd", join(folder, "2.jsonl"));

    const { journals, skipped } = await earlierJournals(undefined, now, [folder]);

    expect(journals).toEqual([]);
    expect(skipped).toEqual([
      `${path} is ignored: other users may write to it (mode 666)`,
      `${join(folder, "2.jsonl")} is ignored: it is a symbolic link`,
    ]);
  });

  test("are not believed in a folder that others may write to", async () => {
    new FileJournal(path).intend(ROLE);
    chmodSync(folder, 0o777);

    const { journals, skipped } = await earlierJournals(undefined, now, [folder]);

    expect(journals).toEqual([]);
    expect(skipped).toEqual([`${folder} is ignored: other users may write to it (mode 777)`]);
  });

  test("hold only items: what is none is passed over", () => {
    appendFileSync(path, '{"intend":{"kind":"bucket","name":"x"}}\n{"intend":{"kind":"object","name":5}}\nnull\n7\n{"intend":null}\n');

    expect(readJournal(path)).toEqual([]);
  });
});

describe("a new journal", () => {
  test("falls back to the next folder where the first cannot be used", () => {
    writeFileSync(join(folder, "file"), "");
    const place = newJournalFile(new Date(0), { named: undefined, folders: [join(folder, "file", "below"), join(folder, "state")] });

    expect(place).toEqual({ path: join(folder, "state", `19700101T000000000Z-${process.pid}.jsonl`) });
  });

  test("fails in one line where no folder can be used, and ends also below a folder that takes none", () => {
    const place = newJournalFile(new Date(0), { named: undefined, folders: ["/proc/none/below"] });

    expect(place).toMatchObject({ problem: expect.stringMatching(/^\/proc\/none\/below: .+/) });
  });

  test("is not put into another's folder", () => {
    const open = join(folder, "open");
    mkdirSync(open);
    chmodSync(open, 0o777);

    expect(newJournalFile(new Date(0), { named: undefined, folders: [open] })).toEqual({
      problem: `${open}: other users may write to it (mode 777)`,
    });
  });

  test("is the file that the user names, whose folder is made", () => {
    const named = join(folder, "a", "b.jsonl");

    expect(newJournalFile(new Date(0), { named })).toEqual({ path: named });
  });
});

test("a user without an entry in the list of users has a folder", async () => {
  vi.resetModules();
  vi.doMock("node:os", async (original) => ({
    ...(await original<typeof import("node:os")>()),
    userInfo: () => {
      throw new Error("uv_os_get_passwd returned ENOENT");
    },
  }));
  const fresh = await import("../../../cli/clean-up/journal-folder");
  vi.doUnmock("node:os");

  expect(fresh.journalFolders({ HOME: "/home/x" })).toEqual([
    join(tmpdir(), `vendor-destination-uid-${process.getuid?.()}`),
    "/home/x/.local/state/vendor-destination",
  ]);
  expect(journalFolders({ XDG_STATE_HOME: "/state" })[1]).toBe("/state/vendor-destination");
});
