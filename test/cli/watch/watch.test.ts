import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { maskAccounts } from "../../../cli/report/shared/mask-accounts";
import { watchedText, watchTotalsText } from "../../../cli/report/watch/text";
import type { WatchReport } from "../../../cli/report/watch/types";
import { awsError } from "../fake-aws";
import { CUSTOMER, contractOf, FakeAccount, MINUTE, NOW, ROLE_ID, VENDOR } from "./fake-account";

const only = ({ destinations }: WatchReport) => destinations[0]!;
const result = (report: WatchReport, id = "vendor-delivers") => only(report).results.find((one) => one.id === id);
const TEST_OBJECT = "activity/vendor-destination-validation-00000000-0000-4000-8000-000000000001";

describe("a vendor that assumes a role", () => {
  test("is seen to deliver in time by the role's unique ID in an S3 notification", async () => {
    const report = await new FakeAccount().notify(50).watch();

    expect(report.exitCode).toBe(0);
    expect(only(report)).toMatchObject({
      status: "onTime",
      summary: "on time: the vendor delivered 50 minutes ago",
      dueAt: "2026-01-01T10:10:00.000Z",
    });
    expect(result(report)).toMatchObject({ outcome: "pass", evidence: "observed" });
    expect(only(report).delivery).toMatchObject({ key: "activity/log.json", by: "vendor", sourceIp: "203.0.113.7" });
    expect(only(report).delivery!.why).toBe(
      'written by the session "kandji-42" of the role kandji-delivery, which only the vendor may assume; ' +
        "the object is in the bucket, and CloudTrail shows the session",
    );
  });

  test("needs no listing of everything then", async () => {
    const account = new FakeAccount().notify(50);
    const report = await account.watch();

    expect(account.aws.made("s3:ListObjectsV2").map(({ input }) => [input.Prefix, input.MaxKeys])).toEqual([["activity/log.json", 1]]);
    expect(only(report).sources.map(({ name, state }) => `${name} ${state}`)).toEqual(["queue read", "cloudtrail read", "listing skipped"]);
  });

  test("fails to be in time when its newest delivery is too old, whatever others write", async () => {
    const report = await new FakeAccount()
      .notify(95)
      .notify(5, { principalId: "AWS:AIDAOFTHEADMIN000000", key: "activity/mine" })
      .store(95)
      .store(5, "activity/mine")
      .watch();

    expect(report.exitCode).toBe(1);
    expect(only(report)).toMatchObject({ status: "late", lateMinutes: 35, dueAt: "2026-01-01T09:25:00.000Z" });
    expect(only(report).summary).toBe("late by 35 minutes: the last delivery came 95 minutes ago");
    expect(only(report).notes[0]).toContain("not counted: 1 object by other writers");
    expect(result(report)).not.toHaveProperty("evidence");
  });

  test.each<[string, { key?: string; principalId?: string; bucket?: string }]>([
    ["a validation's test object", { key: TEST_OBJECT }],
    ["what a validation wrote with the role's session", { principalId: `AWS:${ROLE_ID}:vendor-destination-validation` }],
    ["another role's object", { principalId: "AWS:AROASOMEBODYELSE00000:x" }],
    ["an object beside the prefix", { key: "other/log.json" }],
    ["an object in another bucket", { bucket: "acme-other" }],
    ["an empty folder", { key: "activity/empty/" }],
  ])("is not seen in %s", async (_, change) => {
    const account = new FakeAccount();
    account.roleCreatedAt = NOW - 30 * MINUTE;
    if (change.key?.endsWith("/")) account.send("{}").store(5, change.key, 0);
    else account.notify(5, change);

    const report = await account.watch();

    expect(only(report).status).toBe("nothingYet");
    expect(report.exitCode).toBe(5);
  });

  test("is not told from others whom the role trusts as well", async () => {
    const account = new FakeAccount().notify(5);
    account.trust = {
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${VENDOR}:role/kandji-activity`, `arn:aws:iam::${CUSTOMER}:root`] },
    };

    const report = await account.watch();

    expect(report.exitCode).toBe(3);
    expect(only(report).status).toBe("couldNotTell");
    expect(only(report).notes).toEqual([`the role trusts other principals than the vendor: arn:aws:iam::${CUSTOMER}:root`]);
    expect(result(report)).not.toHaveProperty("evidence");
  });

  test("is told from the validator whom the contract names", async () => {
    const validator = { principalArn: `arn:aws:iam::${CUSTOMER}:root`, sessionName: "vendor-destination-validation" };
    const account = new FakeAccount().notify(5);
    account.trust = { Effect: "Allow", Principal: { AWS: [`arn:aws:iam::${VENDOR}:role/kandji-activity`, CUSTOMER] } };

    expect((await account.watch(contractOf("kandji", { validator }))).exitCode).toBe(0);
  });

  test("is not seen in an event of EventBridge, which names only the customer's own account", async () => {
    const report = await new FakeAccount().bridge(5, { requester: CUSTOMER, bucket: "acme-kandji-activity", key: "activity/x" }).watch();

    expect(only(report).status).toBe("couldNotTell");
    expect(result(report)?.cause).toContain("an EventBridge event names only the account of the writer");
  });

  test.each(["111111111111", "EXAMPLE", "A3NL1KOZZKExample"])(
    "is neither seen nor ruled out by %s, which is no unique ID",
    async (principalId) => {
      const report = await new FakeAccount().notify(5, { principalId }).watch();

      expect(only(report)).toMatchObject({ status: "couldNotTell", delivery: { by: "unknown" } });
      expect(result(report)).not.toHaveProperty("evidence");
    },
  );

  test("is not seen where the role's unique ID cannot be read", async () => {
    const report = await new FakeAccount().notify(5).forbid("iam:GetRole").watch();

    expect(only(report).status).toBe("couldNotTell");
    expect(only(report).notes[0]).toContain("iam:GetRole is needed");
  });
});

describe("a vendor that the bucket policy names", () => {
  const sixSense = () => {
    const account = new FakeAccount();
    account.queueName = "delivery-events-acme_6sense_staging";
    return account;
  };
  const bucket = contractOf("sixsense").bucket.name;
  const key = `${contractOf("sixsense").keyPrefix}pack.csv`;

  test("is seen by its account in an event of EventBridge", async () => {
    const report = await sixSense().bridge(100, { bucket, key }).watch(contractOf("sixsense"));

    expect(report.exitCode).toBe(0);
    expect(result(report)).toMatchObject({ outcome: "pass", evidence: "observed" });
    expect(only(report).delivery!.why).toBe(`written by the vendor's account ${VENDOR}; the object is in the bucket`);
  });

  test("is not seen in a notification of S3, whose ID only the vendor knows", async () => {
    const report = await sixSense().notify(5, { bucket, key, principalId: "AWS:AROAOFTHEVENDOR00000:run" }).watch(contractOf("sixsense"));

    expect(only(report).status).toBe("couldNotTell");
    expect(result(report)?.cause).toContain("only the vendor can resolve");
  });

  test.each([
    ["another account", CUSTOMER],
    ["a service", "replication.s3.amazonaws.com"],
  ])("is not seen where %s wrote", async (_, requester) => {
    const account = sixSense().bridge(5, { bucket, key, requester });

    expect(only(await account.watch(contractOf("sixsense"), { since: NOW - 30 * MINUTE })).status).toBe("nothingYet");
  });

  test("is not seen by an account that is the bucket's own", async () => {
    const contract = contractOf("sixsense", { vendorPrincipals: [`arn:aws:iam::${CUSTOMER}:role/x`] });

    expect(only(await sixSense().bridge(5, { bucket, key, requester: CUSTOMER }).watch(contract)).status).toBe("couldNotTell");
  });

  test("leaves nothing in CloudTrail's event history, which is not asked", async () => {
    const account = sixSense();
    await account.watch(contractOf("sixsense"));

    expect(account.aws.made("cloudtrail:LookupEvents")).toEqual([]);
  });
});

describe("the queue", () => {
  test("keeps its messages, and shows them to others again", async () => {
    const account = new FakeAccount().send({ Event: "s3:TestEvent", Bucket: "acme-kandji-activity" });
    for (let minute = 1; minute <= 25; minute++) account.notify(minute, { sequencer: `0${minute}` });

    await account.watch();

    expect(account.messages).toHaveLength(26);
    expect(account.messages.filter(({ hiddenUntil }) => hiddenUntil > account.clock.time)).toEqual([]);
    expect(account.aws.made("sqs:DeleteMessageBatch")).toEqual([]);
  });

  test("shows its messages again when reading it fails, and after an interruption", async () => {
    const failing = new FakeAccount().notify(5);
    const receive = failing.aws.as("environment");
    let calls = 0;
    const first = await receive.call("sqs:ReceiveMessage", { QueueUrl: "x", MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
    failing.aws.plan("sqs:ReceiveMessage", () => {
      if (calls++ > 0) throw awsError("InternalError", 500);
      failing.messages[0]!.hiddenUntil = Number.POSITIVE_INFINITY;
      return first;
    });
    await failing.watch();
    expect(failing.messages[0]!.hiddenUntil).toBeLessThanOrEqual(failing.clock.time);

    const interrupted = new FakeAccount().notify(500);
    interrupted.aws.plan("s3:HeadBucket", () => ({ BucketRegion: "eu-west-1" }));
    interrupted.aws.plan("sqs:GetQueueAttributes", () => {
      interrupted.stop.abort(new Error("interrupted by SIGINT"));
      return { Attributes: interrupted.attributes };
    });
    const report = await interrupted.watch();
    expect(report.exitCode).toBe(3);
    expect(only(report).notes).toEqual(["stopped: interrupted by SIGINT"]);
    expect(interrupted.messages.filter(({ hiddenUntil }) => hiddenUntil > interrupted.clock.time)).toEqual([]);
  });

  test("is emptied only when asked, of this destination's events, and keeps the newest delivery for the next run", async () => {
    const account = new FakeAccount()
      .send({ Event: "s3:TestEvent", Bucket: "acme-kandji-activity" })
      .notify(70, { sequencer: "01" })
      .notify(10, { sequencer: "02" })
      .notify(5, { key: TEST_OBJECT })
      .notify(5, { key: "other/x" })
      .send("not ours");

    const first = await account.watch(contractOf("kandji"), { consume: true });
    const second = await account.watch(contractOf("kandji"), { consume: true });

    expect(account.messages.map(({ id }) => id)).toEqual(["3", "5", "6"]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
  });

  test("is not read where that would move messages to a dead-letter queue, unless they may be consumed", async () => {
    const account = new FakeAccount().notify(5);
    account.attributes.RedrivePolicy = '{"maxReceiveCount":3}';

    const report = await account.watch();
    expect(account.messages[0]!.received).toBe(0);
    expect(only(report).sources[0]).toMatchObject({ state: "failed" });
    expect(only(report).sources[0]!.detail).toContain("dead-letter queue");

    expect((await account.watch(contractOf("kandji"), { consume: true })).exitCode).toBe(0);
  });

  test("is the one that the bucket's notifications go to, where there is no DeliveryEvents", async () => {
    const account = new FakeAccount().notify(5);
    account.queueName = "logs";
    account.notifications = {
      QueueConfigurations: [
        { QueueArn: `arn:aws:sqs:eu-west-1:${CUSTOMER}:removed`, Events: ["s3:ObjectRemoved:*"] },
        { QueueArn: `arn:aws:sqs:eu-west-1:${CUSTOMER}:logs`, Events: ["s3:ObjectCreated:Put"] },
      ],
    };

    expect((await account.watch()).exitCode).toBe(0);
    expect(account.aws.made("sqs:GetQueueUrl").at(-1)?.input).toEqual({ QueueName: "logs", QueueOwnerAWSAccountId: CUSTOMER });
  });

  test("is the one that the user names", async () => {
    const account = new FakeAccount().notify(5);
    await account.watch(contractOf("kandji"), { queueUrl: "https://sqs/1/mine" });

    expect(account.aws.made("sqs:GetQueueUrl")).toEqual([]);
    expect(account.aws.made("sqs:ReceiveMessage")[0]!.input.QueueUrl).toBe("https://sqs/1/mine");
  });

  test("is read by one destination after the other, where two share a bucket", async () => {
    const account = new FakeAccount().notify(5).notify(5, { key: "second/x" });
    const other = contractOf("kandji", { id: "other", keyPrefix: "second/", expectations: [] });

    const report = await account.watch([contractOf("kandji"), other]);

    expect(report.destinations.map(({ status, delivery }) => [status, delivery?.key])).toEqual([
      ["onTime", "activity/log.json"],
      ["onTime", "second/x"],
    ]);
  });
});

describe("CloudTrail's event history", () => {
  test("shows that the vendor's account was given a session of the role, which is not yet a delivery", async () => {
    const account = new FakeAccount().assume(12).store(10);
    account.queueName = undefined;

    const report = await account.watch();

    expect(result(report, "vendor-assumes-role")).toMatchObject({
      outcome: "pass",
      evidence: "observed",
      cause: `account ${VENDOR} as "kandji-42", 12 minutes ago`,
    });
    expect(result(report)).toMatchObject({ outcome: "unknown" });
    expect(report.exitCode).toBe(3);
  });

  test("is asked in the bucket's region, in the partition's first, and where the user says", async () => {
    const account = new FakeAccount().assume(5, { region: "us-east-2" });
    const report = await account.watch(contractOf("kandji"), { cloudTrailRegions: ["us-east-2"] });

    const asked = account.aws.made("cloudtrail:LookupEvents").map(({ region }) => region);
    expect([...new Set(asked)]).toEqual(["eu-west-1", "us-east-1", "us-east-2"]);
    expect(result(report, "vendor-assumes-role")?.outcome).toBe("pass");
  });

  test("is searched by the event's name where it does not know the role's", async () => {
    const account = new FakeAccount()
      .assume(5, { region: "eu-west-1 by name" })
      .assume(5, { region: "eu-west-1 by name", roleArn: "arn:other" });

    expect(result(await account.watch(), "vendor-assumes-role")?.outcome).toBe("pass");
  });

  test("shows a refusal, which is named as a cause", async () => {
    const account = new FakeAccount().assume(30, { errorCode: "AccessDenied" });
    account.roleCreatedAt = NOW - 200 * MINUTE;
    account.attributes.CreatedTimestamp = String((NOW - 200 * MINUTE) / 1_000);

    const report = await account.watch();

    expect(result(report, "vendor-assumes-role")).toMatchObject({ outcome: "fail", evidence: "observed" });
    expect(result(report)?.cause).toContain(
      "the vendor tried to assume the role at 2026-01-01T09:30:00.000Z and was refused (AccessDenied)",
    );
    expect(report.exitCode).toBe(1);
  });

  test.each([
    ["another account's session", { account: "333333333333" }],
    ["the customer's own session", { account: CUSTOMER }],
    ["a validation by the vendor's credentials", { sessionName: "vendor-destination-validation" }],
    ["a session of another role", { roleArn: `arn:aws:iam::${CUSTOMER}:role/other` }],
  ])("does not show the vendor in %s", async (_, change) => {
    expect(result(await new FakeAccount().assume(5, change).watch(), "vendor-assumes-role")?.outcome).toBe("unknown");
  });

  test("is passed over where it may not be read, and the report says so", async () => {
    const report = await new FakeAccount().forbid("cloudtrail:LookupEvents").watch();

    expect(result(report, "vendor-assumes-role")).toBeUndefined();
    expect(only(report).sources[1]).toMatchObject({ name: "cloudtrail", state: "failed" });
    expect(only(report).sources[1]!.detail).toContain("cloudtrail:LookupEvents is needed");
  });
});

describe("a listing", () => {
  const noQueue = () => {
    const account = new FakeAccount();
    account.queueName = undefined;
    return account;
  };

  test("tells when something came, never from whom", async () => {
    const report = await noQueue().store(20).watch();

    expect(report.exitCode).toBe(3);
    expect(only(report)).toMatchObject({ status: "couldNotTell", summary: "an object arrived in time, but its writer is unknown" });
    expect(result(report)).not.toHaveProperty("evidence");
    expect(result(report)?.remedy).toContain("DeliveryEvents");
  });

  test("suffices where any writer counts, and is not shown as observed", async () => {
    const report = await noQueue().store(20).watch(contractOf("kandji"), { anyWriter: true });

    expect(report.exitCode).toBe(0);
    expect(result(report)).toMatchObject({ outcome: "pass" });
    expect(result(report)).not.toHaveProperty("evidence");
    expect(only(report).summary).toBe("on time: an object arrived 20 minutes ago; its writer is unknown");
  });

  test("tells for certain that nothing came", async () => {
    expect((await noQueue().store(200).watch()).exitCode).toBe(1);
  });

  test("leaves out test objects and folders", async () => {
    const account = noQueue().store(200).store(1, TEST_OBJECT).store(1, "activity/", 0);

    expect(only(await account.watch()).delivery?.key).toBe("activity/log.json");
  });

  test("is looked through behind what somebody else is known to have written", async () => {
    const account = new FakeAccount().notify(5, { principalId: "AWS:AIDAOFTHEADMIN000000", key: "activity/mine" });

    const report = await account.store(5, "activity/mine").store(20, "activity/unknown").watch();

    expect(only(report)).toMatchObject({ status: "couldNotTell", delivery: { key: "activity/unknown", by: "unknown" } });
  });

  test("reads all pages", async () => {
    const account = noQueue();
    const page = (token: string | undefined) => ({
      Contents: [{ Key: `activity/${token}`, LastModified: new Date(NOW - (token ? 5 : 500) * MINUTE), Size: 1 }],
      IsTruncated: token === undefined,
      NextContinuationToken: "2",
    });
    account.aws.plan("s3:ListObjectsV2", ({ input }) => page(input.ContinuationToken));

    expect(only(await account.watch()).delivery?.key).toBe("activity/2");
  });

  test("that is too long to be read tells nothing for certain", async () => {
    const account = noQueue();
    const Contents = [{ Key: "activity/x", LastModified: new Date(NOW - 500 * MINUTE), Size: 1 }];
    account.aws.plan("s3:ListObjectsV2", () => ({ Contents, IsTruncated: true, NextContinuationToken: "more" }));

    const report = await account.watch();

    expect(account.aws.made("s3:ListObjectsV2")).toHaveLength(50);
    expect(only(report).status).toBe("couldNotTell");
  });
});

describe("what cannot be told", () => {
  test("is shown as such where no source can be read", async () => {
    const account = new FakeAccount();
    for (const operation of ["sqs:GetQueueUrl", "cloudtrail:LookupEvents", "s3:ListObjectsV2", "iam:GetRole"] as const)
      account.forbid(operation);

    const report = await account.watch(contractOf("kandji"), { once: false });

    expect(report.exitCode).toBe(3);
    expect(only(report).summary).toBe("no source could be read");
    expect(account.clock.slept).toEqual([]);
  });

  test("is shown as such where the queue is younger than the missing delivery, and nothing may be listed", async () => {
    const account = new FakeAccount().forbid("s3:ListObjectsV2");
    account.attributes.CreatedTimestamp = String((NOW - 10 * MINUTE) / 1_000);

    const report = await account.watch(contractOf("kandji"), { since: NOW - 600 * MINUTE });

    expect(only(report)).toMatchObject({ status: "couldNotTell", summary: "it is unknown whether a delivery is missing" });
  });
});

describe("waiting", () => {
  test("goes on until the vendor delivers", async () => {
    const account = new FakeAccount();
    account.roleCreatedAt = NOW - MINUTE;
    account.attributes.CreatedTimestamp = String((NOW - MINUTE) / 1_000);
    const sleep = account.clock.sleep.bind(account.clock);
    account.clock.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      if (account.clock.slept.length === 3) account.notify(0);
    };

    const report = await account.watch(contractOf("kandji"), { once: false });

    expect(report.exitCode).toBe(0);
    expect(report.durationMs).toBe(3 * MINUTE);
  });

  test("ends when the delivery is late, or when the time is up", async () => {
    const account = () => {
      const fresh = new FakeAccount();
      fresh.roleCreatedAt = NOW;
      fresh.attributes.CreatedTimestamp = String(NOW / 1_000);
      return fresh;
    };

    const late = await account().watch(contractOf("kandji"), { once: false });
    expect([late.exitCode, late.durationMs]).toEqual([1, 121 * MINUTE]);

    const impatient = await account().watch(contractOf("kandji"), { once: false, timeoutMs: 5 * MINUTE });
    expect([impatient.exitCode, impatient.durationMs, only(impatient).status]).toEqual([5, 5 * MINUTE, "nothingYet"]);
  });

  test("gives an event time to come, once the object is there", async () => {
    const account = new FakeAccount().store(1);

    const report = await account.watch(contractOf("kandji"), { once: false });

    expect(only(report).status).toBe("couldNotTell");
    expect(report.durationMs).toBe(15 * MINUTE);
  });

  test("counts only what comes from the named time on", async () => {
    const report = await new FakeAccount().notify(5).watch(contractOf("kandji"), { since: NOW });

    expect(only(report)).toMatchObject({ status: "nothingYet", dueAt: "2026-01-01T12:00:00.000Z" });
  });

  test("takes the lateness that the user grants", async () => {
    expect((await new FakeAccount().notify(95).watch(contractOf("kandji"), { lateByMinutes: 60 })).exitCode).toBe(0);
    expect((await new FakeAccount().notify(75).watch(contractOf("kandji"), { lateByMinutes: 0 })).exitCode).toBe(1);
  });
});

describe("the report", () => {
  const schema = JSON.parse(readFileSync(`${__dirname}/../../../schemas/watch-report.schema.json`, "utf8"));
  const check = addFormats(new Ajv({ allErrors: true, strict: false })).compile(schema);

  test.each<[string, () => Promise<WatchReport>]>([
    ["on time", () => new FakeAccount().notify(5).watch()],
    ["late", () => new FakeAccount().notify(500).assume(5, { errorCode: "AccessDenied" }).watch()],
    ["not told", () => new FakeAccount().forbid("sqs:GetQueueUrl").forbid("s3:ListObjectsV2").forbid("iam:GetRole").watch()],
  ])("fits the published schema: %s", async (_, watch) => {
    check(JSON.parse(JSON.stringify(await watch())));

    expect(check.errors).toBeNull();
  });

  test("adds up, and a late destination outweighs one that could not be told", async () => {
    const account = new FakeAccount().notify(500).notify(5, { bucket: "b2" });
    account.aws.plan("sqs:GetQueueUrl", () => ({ QueueUrl: "https://sqs/1/q" }));
    const second = contractOf("kandji", { id: "second", bucket: { name: "b2", arn: "arn:aws:s3:::b2" }, expectations: [] });

    const report = await account.watch([contractOf("kandji"), second]);

    expect(report.totals).toEqual({ destinations: 2, onTime: 1, late: 1, nothingYet: 0, couldNotTell: 0 });
    expect(report.exitCode).toBe(1);
    expect(watchTotalsText(report.totals)).toBe("2 destinations: 1 on time, 1 late, 0 nothing yet, 0 could not tell\n");
  });

  test("reads like this", async () => {
    const report = await new FakeAccount().notify(50).watch();

    expect(watchedText(only(report), { colour: false }).split("\n")).toEqual([
      "Kandji Activity Log → acme-kandji-activity (eu-west-1)",
      "  ✓ on time: the vendor delivered 50 minutes ago",
      "  ✓ the vendor delivers · observed",
      "      expected  the first within 120 minutes, then every 60 minutes, up to 30 minutes granted where none is documented",
      "  ✓ the vendor assumes the role · observed",
      "      expected  allowed",
      `      seen      account ${VENDOR} as "kandji-42", 51 minutes ago`,
      "  last delivery: activity/log.json, 2026-01-01T09:10:00.000Z, 7 bytes",
      '      written by the session "kandji-42" of the role kandji-delivery, which only the vendor may assume; ' +
        "the object is in the bucket, and CloudTrail shows the session, from 203.0.113.7",
      "  due 2026-01-01T10:10:00.000Z",
      "  sources",
      "  + events: delivery-events-url: 1 message, 1 arrival",
      "  + CloudTrail: 1 session of the role since 2025-12-30T10:00:00.000Z, in eu-west-1, us-east-1",
      "  - listing: not asked: the events in the queue are sufficient",
      "",
    ]);
  });

  test("hides accounts on request", async () => {
    const account = new FakeAccount().assume(5).store(5);
    account.queueName = undefined;
    const masked = maskAccounts(await account.watch());

    expect(JSON.stringify(masked)).not.toContain(VENDOR);
    expect(JSON.stringify(masked)).toContain("<account-1>");
  });
});
