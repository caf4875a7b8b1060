import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cleanUpLater } from "../../../cli/clean-up/clean-up-later";
import { earlierJournals } from "../../../cli/clean-up/earlier-journals";
import { FileJournal, readJournal } from "../../../cli/clean-up/journal";
import { awsError, denied, FakeAws, FakeClock } from "../fake-aws";
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

async function later(aws: FakeAws, change: object = {}) {
  const { journals } = await earlierJournals(path, new FakeClock());
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
    "s3:ListObjectVersions": () =>
      deleted.length > 0 ? {} : { Versions: [{ Key: KEY, VersionId: "v1" }], DeleteMarkers: [{ Key: KEY, VersionId: "m1" }] },
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

test("a young object that is in no journal is left behind with its command, not passed over", async () => {
  const clock = new FakeClock();
  const aws = new FakeAws({
    "s3:HeadBucket": () => ({ BucketRegion: "eu-west-1" }),
    "s3:ListObjectVersions": ({ input }) => ({
      Versions: KEY.startsWith(input.Prefix) ? [{ Key: KEY, VersionId: "v1", LastModified: new Date(clock.now() - 60_000) }] : [],
    }),
    "s3:ListMultipartUploads": () => ({}),
  });

  const report = await later(aws, { contracts: [contractOf("kandji")], clock });

  expect(report.left).toEqual([
    {
      what: `s3://acme-kandji-activity/${KEY}`,
      reason: "it is young and may belong to a validation that is still running; --older-than-minutes 0 removes it now",
      command: `aws s3api delete-object --bucket acme-kandji-activity --key ${KEY} --region eu-west-1`,
    },
  ]);
});

test("finds test objects and uploads on every page", async () => {
  const clock = new FakeClock();
  const time = new Date(clock.now() - 3_600_000);
  const keys = [1, 2, 3].map((index) => KEY.replace(/1$/, String(index)));
  const uploads = [4, 5].map((index) => KEY.replace(/1$/, String(index)));
  const deleted: string[] = [];
  const aborted: string[] = [];
  /** One key a page. */
  const page = (all: readonly string[], { Prefix, KeyMarker = "" }: { Prefix: string; KeyMarker?: string }) => {
    const [key, ...others] = all.filter((one) => one.startsWith(Prefix) && one > KeyMarker);
    return { found: key === undefined ? [] : [key], more: { IsTruncated: others.length > 0, NextKeyMarker: key } };
  };
  const aws = new FakeAws({
    "s3:HeadBucket": () => ({ BucketRegion: "eu-west-1" }),
    "s3:ListObjectVersions": ({ input }) => {
      const left = keys.filter((key) => !deleted.includes(key));
      const { found, more } = page(left, input);
      return { Versions: found.map((Key) => ({ Key, VersionId: `version of ${Key}`, LastModified: time })), ...more };
    },
    "s3:ListMultipartUploads": ({ input }) => {
      const left = uploads.filter((key) => !aborted.includes(key));
      const { found, more } = page(left, input);
      return { Uploads: found.map((Key) => ({ Key, UploadId: `upload of ${Key}`, Initiated: time })), ...more };
    },
    "s3:GetObject": () => {
      throw awsError("NoSuchKey", 404);
    },
    "s3:DeleteObject": ({ input }) => void deleted.push(input.Key),
    "s3:AbortMultipartUpload": ({ input }) => void aborted.push(input.Key),
  });

  const report = await later(aws, { contracts: [contractOf("kandji")], clock });

  expect(report.left).toEqual([]);
  expect(report.removed).toEqual([...keys, ...uploads].map((key) => `s3://acme-kandji-activity/${key}`));
  expect([deleted, aborted]).toEqual([keys, uploads]);
});

describe("where no request about objects finds the bucket", () => {
  const gone = () => {
    throw awsError("NoSuchBucket", 404);
  };
  const requests = { "s3:ListObjectVersions": gone, "s3:DeleteObject": gone, "s3:GetObject": gone };

  test("the journal is done if the bucket is destroyed", async () => {
    new FileJournal(path).intend(object);

    const report = await later(new FakeAws({ ...requests, "s3:HeadBucket": gone }));

    expect(report.left).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  test("the object is listed as left if the bucket is there", async () => {
    new FileJournal(path).intend(object);

    const report = await later(new FakeAws({ ...requests, "s3:HeadBucket": () => ({ BucketRegion: "eu-west-1" }) }));

    expect(report.left).toHaveLength(1);
    expect(existsSync(path)).toBe(true);
  });
});

test("without the right to list versions leaves no delete marker behind, also after an answer that was lost", async () => {
  new FileJournal(path).intend(object);
  let stack = ["v1", "marker-1", "marker-2"];
  const aws = new FakeAws({
    "s3:ListObjectVersions": () => {
      throw denied();
    },
    "s3:GetObject": () => {
      const newest = stack.at(-1);
      if (newest === undefined) throw awsError("NoSuchKey", 404);
      if (newest.startsWith("v")) return { VersionId: newest };
      throw awsError("NoSuchKey", 404, "", { "x-amz-delete-marker": "true", "x-amz-version-id": newest });
    },
    "s3:DeleteObject": ({ input }) => {
      expect(input.VersionId).toBeDefined();
      stack = stack.filter((id) => id !== input.VersionId);
      return {};
    },
  });

  const report = await later(aws);

  expect(stack).toEqual([]);
  expect(report.left).toEqual([]);
});

test("a deletion that S3 confirms and does not do is left behind", async () => {
  new FileJournal(path).intend(object);
  const aws = new FakeAws({
    "s3:ListObjectVersions": () => ({ Versions: [{ Key: KEY, VersionId: "v1" }] }),
    "s3:DeleteObject": () => ({}),
  });

  const report = await later(aws);

  expect(report.left[0]?.reason).toContain("S3 confirmed the deletion, and still lists the object");
  expect(readJournal(path)).toEqual([object]);
});

test("finds stand-in roles that are in no journal, and no other role", async () => {
  const clock = new FakeClock();
  const CreateDate = new Date(clock.now() - 3_600_000);
  const Description = "Temporary role of vendor-destination validate. Safe to delete.";
  const deleted: string[] = [];
  const aws = new FakeAws({
    "iam:ListRoles": ({ input }) =>
      input.Marker === undefined
        ? { Roles: [{ RoleName: "admin", CreateDate, Description }], IsTruncated: true, Marker: "2" }
        : {
            Roles: [
              { RoleName: "vendor-destination-stand-in-0badcafe", CreateDate, Description },
              { RoleName: "vendor-destination-stand-in-00000001", CreateDate },
              { RoleName: "vendor-destination-stand-in-00000002", CreateDate, Description: "ours" },
              { RoleName: "vendor-destination-stand-in-00000003", CreateDate: new Date(clock.now()), Description },
            ],
          },
    "iam:GetRole": ({ input }) => {
      if (deleted.includes(input.RoleName)) throw awsError("NoSuchEntity", 404);
      return { Role: { Tags: input.RoleName.endsWith("1") ? [{ Key: "vendor-destination", Value: "stand-in" }] : [] } };
    },
    "iam:ListRolePolicies": () => ({}),
    "iam:ListAttachedRolePolicies": () => ({}),
    "iam:DeleteRole": ({ input }) => void deleted.push(input.RoleName),
  });

  const report = await later(aws, { clock, searchRoles: true });

  expect(deleted).toEqual(["vendor-destination-stand-in-0badcafe", "vendor-destination-stand-in-00000001"]);
  expect(report.left.map(({ what }) => what)).toEqual(["role vendor-destination-stand-in-00000003"]);
});

test("says that roles could not be searched", async () => {
  const aws = new FakeAws({
    "iam:ListRoles": () => {
      throw denied();
    },
  });

  expect((await later(aws, { searchRoles: true })).notSearched).toEqual([
    "stand-in roles that are in no journal: iam:ListRoles: AccessDenied (HTTP 403): Access Denied",
  ]);
});
