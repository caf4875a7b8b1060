import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cleanUpLater } from "../../../cli/clean-up/clean-up-later";
import { FileJournal, journalFiles, readJournal } from "../../../cli/clean-up/journal";
import { denied, FakeAws, FakeClock } from "../fake-aws";
import { contractOf } from "../fake-destination";

const KEY = "activity/vendor-destination-validation-00000000-0000-4000-8000-000000000001";
const object = { kind: "object", name: "acme", key: KEY, region: "eu-west-1", owner: "111111111111" } as const;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(folder, "journal.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

function later(aws: FakeAws, change: object = {}) {
  const journals = journalFiles(path).map((file) => ({ journal: FileJournal.resume(file), items: readJournal(file) }));
  return cleanUpLater({
    journals,
    contracts: [],
    sources: [{ title: "the deployer", source: { kind: "environment" } }],
    connect: aws.connect,
    clock: new FakeClock(),
    region: undefined,
    signal: new AbortController().signal,
    ...change,
  });
}

test("a journal goes when everything in it is gone", () => {
  const journal = new FileJournal(path);

  journal.intend(object);
  expect(readJournal(path)).toEqual([object]);
  journal.gone(object);

  expect(existsSync(path)).toBe(false);
});

test("a journal that was cut off by a crash is read as far as it goes", () => {
  new FileJournal(path).intend(object);
  appendFileSync(path, '{"gone":{"kind":"obj');

  expect(readJournal(path)).toEqual([object]);
});

test("removes what an earlier run left, and its journal", async () => {
  new FileJournal(path).intend(object);
  const deleted: string[] = [];
  const aws = new FakeAws({
    "s3:ListObjectVersions": () => ({ Versions: [{ Key: KEY, VersionId: "v1" }], DeleteMarkers: [{ Key: KEY, VersionId: "m1" }] }),
    "s3:DeleteObject": ({ input }) => void deleted.push(input.VersionId),
  });

  const report = await later(aws);

  expect(report).toEqual({ removed: [`s3://acme/${KEY}`], left: [] });
  expect(deleted).toEqual(["v1", "m1"]);
  expect(aws.calls.every(({ input }) => input.ExpectedBucketOwner === "111111111111")).toBe(true);
  expect(existsSync(path)).toBe(false);
});

test("never deletes an object or a role whose name is not a test's", async () => {
  const journal = new FileJournal(path);
  journal.intend({ ...object, key: "activity/real-data.json" });
  journal.intend({ kind: "role", name: "admin" });

  const report = await later(new FakeAws({}));

  expect(report.removed).toEqual([]);
  expect(report.left.map(({ reason }) => reason)).toEqual(["its name is not that of a stand-in role"]);
});

test("deletes a stand-in role that an earlier run left", async () => {
  new FileJournal(path).intend({ kind: "role", name: "vendor-destination-stand-in-0badcafe" });
  const aws = new FakeAws({
    "iam:ListRolePolicies": () => ({ PolicyNames: ["delivery"] }),
    "iam:DeleteRolePolicy": () => ({}),
    "iam:ListAttachedRolePolicies": () => ({ AttachedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/X" }] }),
    "iam:DetachRolePolicy": () => ({}),
    "iam:DeleteRole": () => ({}),
  });

  expect((await later(aws)).removed).toEqual(["role vendor-destination-stand-in-0badcafe"]);
  expect(existsSync(path)).toBe(false);
});

test("fails to remove aloud and keeps the journal", async () => {
  new FileJournal(path).intend(object);
  const refuse = () => {
    throw denied();
  };

  const report = await later(new FakeAws({ "s3:ListObjectVersions": refuse, "s3:DeleteObject": refuse }));

  expect(report.left[0]?.command).toBe(`aws s3api delete-object --bucket acme --key ${KEY} --region eu-west-1`);
  expect(readJournal(path)).toEqual([object]);
});

test("without a journal finds test objects by their name, and leaves young ones to the run that they belong to", async () => {
  const clock = new FakeClock();
  const minutes = (ago: number) => new Date(clock.now() - ago * 60_000);
  const young = KEY.replace(/1$/, "2");
  const deleted: string[] = [];
  const aws = new FakeAws({
    "s3:HeadBucket": () => ({ BucketRegion: "eu-west-1" }),
    "s3:ListObjectVersions": ({ input }) => ({
      Versions: [
        { Key: KEY, VersionId: "v1", LastModified: minutes(60) },
        { Key: young, VersionId: "v2", LastModified: minutes(5) },
        { Key: `${KEY}-and-more`, VersionId: "v3", LastModified: minutes(60) },
      ].filter(({ Key, VersionId }) => Key.startsWith(input.Prefix) && !deleted.includes(VersionId)),
    }),
    "s3:ListMultipartUploads": () => ({}),
    "s3:DeleteObject": ({ input }) => void deleted.push(input.VersionId),
  });

  const report = await later(aws, { contracts: [contractOf("kandji")], clock });

  expect(deleted).toEqual(["v1"]);
  expect(report.removed).toEqual([`s3://acme-kandji-activity/${KEY}`]);
});
