/** Whoever may send to the queue can send anything: a message alone is never evidence. */
import { describe, expect, test } from "vitest";
import type { WatchReport } from "../../../cli/report/watch/types";
import { otherSenders } from "../../../cli/watch/senders";
import { CUSTOMER, contractOf, FakeAccount, MINUTE, NOW, VENDOR } from "./fake-account";

const only = ({ destinations }: WatchReport) => destinations[0]!;
const result = (report: WatchReport) => only(report).results.find(({ id }) => id === "vendor-delivers");
const DAY = 24 * 60;

describe("a message is no evidence, and the exit code is never 0,", () => {
  test.each<[string, (account: FakeAccount) => FakeAccount, string]>([
    ["without the object", (account) => account.assume(6).message(5), "the object is not in the bucket"],
    [
      "with an object of another size",
      (account) => account.assume(6).store(5).message(5, { size: 8 }),
      "the object has 7 bytes, and the message says 8",
    ],
    [
      "with an object of other content",
      (account) => {
        account.assume(6).store(5).message(5, { eTag: "d41d" }).objects[0]!.ETag = '"other"';
        return account;
      },
      "the object has another ETag than the message says",
    ],
    [
      "where the object may not be looked up",
      (account) => account.notify(5).forbid("s3:ListObjectsV2"),
      "the object could not be looked up: s3:ListBucket is needed",
    ],
  ])("%s", async (_, send, cause) => {
    const report = await send(new FakeAccount()).watch();

    expect(report.exitCode).toBe(3);
    expect(only(report).summary).toBe("a message reports a delivery in time, and nothing confirms it");
    expect(result(report)).not.toHaveProperty("evidence");
    expect(result(report)?.cause).toContain(`only a message reports it: ${cause}`);
  });

  test("without the object, where any writer counts", async () => {
    const report = await new FakeAccount().assume(6).message(5).watch(contractOf("kandji"), { anyWriter: true });

    expect([report.exitCode, only(report).status]).toEqual([3, "couldNotTell"]);
  });

  test.each<[string, (account: FakeAccount) => FakeAccount]>([
    ["with another object whose key only begins like its own", (account) => account.store(5, "activity/log.json.gz")],
    ["with an object that was written again", (account) => account.store(2)],
  ])("%s", async (_, store) => {
    const report = await store(new FakeAccount().assume(6).message(5)).watch();

    expect(report.exitCode).toBe(3);
    expect(result(report)).not.toHaveProperty("evidence");
    expect(only(report).delivery).toMatchObject({ by: "unknown", why: "a listing does not show who wrote an object" });
  });

  test.each([6, 60, 30 * DAY])("%d minutes ahead of time, and is not counted", async (minutes) => {
    const account = new FakeAccount().assume(1).message(-minutes);
    account.roleCreatedAt = NOW - 30 * MINUTE;

    const report = await account.watch();

    expect(only(report).status).toBe("nothingYet");
    expect(report.exitCode).toBe(5);
    expect(only(report).notes[0]).toContain("not counted: 1 message about objects of the future; the last: activity/log.json, 2026-01-");
  });

  test("ahead of time, about an object that an older delivery left", async () => {
    const account = new FakeAccount().notify(500).message(-30 * DAY, { sequencer: "0B" });

    const report = await account.watch();

    expect([report.exitCode, only(report).status]).toEqual([1, "late"]);
    expect(only(report).delivery?.at).toBe("2026-01-01T01:40:00.000Z");
  });

  test("newer than its object: the delivery is as old as the object", async () => {
    const report = await new FakeAccount().notify(500).message(5, { sequencer: "0B" }).watch();

    expect([report.exitCode, only(report).status]).toEqual([1, "late"]);
  });

  test("about a session that CloudTrail does not know, with an object that somebody else wrote", async () => {
    const message = () => new FakeAccount().store(50).message(50);
    for (const account of [
      message(),
      message().assume(51, { sessionName: "other" }),
      message().assume(51, { account: "333333333333" }),
      message().assume(51, { errorCode: "AccessDenied" }),
      message().assume(40),
      message().assume(13 * 60 + 51),
    ]) {
      const report = await account.watch();

      expect(report.exitCode).toBe(3);
      expect(result(report)).not.toHaveProperty("evidence");
      expect(only(report).delivery).toMatchObject({ by: "unknown" });
      expect(only(report).delivery!.why).toContain("CloudTrail shows no such session of the vendor's account");
    }
    const blind = await message().forbid("cloudtrail:LookupEvents").watch();
    expect([blind.exitCode, only(blind).delivery!.why.endsWith("CloudTrail could not be asked for the session")]).toEqual([3, true]);
  });

  test("about a session that CloudTrail does not show yet; watch waits for it", async () => {
    const early = () => new FakeAccount().store(1).message(1);
    const once = await early().watch();
    expect([once.exitCode, only(once).delivery!.why.includes("CloudTrail does not show the session yet")]).toEqual([3, true]);

    const account = early();
    const sleep = account.clock.sleep.bind(account.clock);
    account.clock.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      if (account.clock.slept.length === 7) account.assume(9);
    };
    const waited = await account.watch(contractOf("kandji"), { once: false });
    expect([waited.exitCode, waited.durationMs]).toEqual([0, 7 * MINUTE]);
  });

  test("where the bucket policy names the vendor, and the queue takes messages from others", async () => {
    const bucket = contractOf("sixsense").bucket.name;
    const account = () => {
      const made = new FakeAccount().bridge(100, { bucket, key: `${contractOf("sixsense").keyPrefix}pack.csv` });
      made.queueName = "delivery-events-acme_6sense_staging";
      return made;
    };
    const open = account();
    open.attributes.Policy = JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" }] });

    const report = await open.watch(contractOf("sixsense"));

    expect((await account().watch(contractOf("sixsense"))).exitCode).toBe(0);
    expect(report.exitCode).toBe(3);
    expect(only(report).delivery!.why).toContain("the queue's policy lets others send messages: *");
  });
});

describe("a confirmed delivery", () => {
  test("counts behind newer messages that nothing confirms", async () => {
    const account = new FakeAccount().notify(50);
    for (let minute = 1; minute <= 20; minute++) account.message(minute, { key: `activity/forged-${minute}` });

    expect(await account.watch()).toMatchObject({ exitCode: 0, destinations: [{ delivery: { key: "activity/log.json" } }] });
  });

  test("is not looked for behind more messages than a poll looks up", async () => {
    const account = new FakeAccount().notify(55);
    for (let minute = 1; minute <= 30; minute++) account.message(minute, { key: `activity/forged-${minute}` });

    const report = await account.watch();

    expect(report.exitCode).toBe(3);
    expect(account.aws.made("s3:ListObjectsV2").filter(({ input }) => input.MaxKeys === 1)).toHaveLength(25);
  });

  test("of an unknown writer counts behind messages that nothing confirms, where any writer does", async () => {
    const account = new FakeAccount().store(20).message(5, { key: "activity/forged" });

    const report = await account.watch(contractOf("kandji"), { anyWriter: true });

    expect([report.exitCode, only(report).delivery?.key]).toEqual([0, "activity/log.json"]);
  });

  test("stays in the queue when the newest message is forged, and messages are consumed", async () => {
    const account = new FakeAccount().notify(70, { sequencer: "01" }).notify(50, { sequencer: "02" });
    account.message(5, { key: "activity/forged" });

    const first = await account.watch(contractOf("kandji"), { consume: true });
    const second = await account.watch(contractOf("kandji"), { consume: true });

    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(account.messages.map(({ id }) => id)).toEqual(["2", "3"]);
  });

  test("is confirmed by a session that began before the time from which deliveries count", async () => {
    const account = new FakeAccount().assume(60).store(5).message(5);

    expect((await account.watch(contractOf("kandji"), { since: NOW - 10 * MINUTE })).exitCode).toBe(0);
  });

  test("by a vendor without a cadence is confirmed when it is days old", async () => {
    const contract = contractOf("kandji", { cadence: {} });
    const account = new FakeAccount().notify(6 * DAY);

    expect((await account.watch(contract)).exitCode).toBe(0);
    expect(account.aws.made("cloudtrail:LookupEvents")[0]!.input.StartTime.getTime()).toBeLessThan(NOW - 14 * DAY * MINUTE);
  });
});

describe("who may send to the queue", () => {
  const allow = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" };
  const QUEUE = `arn:aws:sqs:eu-west-1:${CUSTOMER}:events`;
  const SERVICE = { Service: "s3.amazonaws.com" };
  const forAccount = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });
  const fromBucket = { ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-kandji-activity" } };

  test.each<[string, object | object[], string[]]>([
    ["a service for one bucket", { ...allow, Principal: { Service: "s3.amazonaws.com" }, Condition: fromBucket }, []],
    ["anyone's bucket of that name", { ...allow, Condition: fromBucket }, []],
    ["a service for anyone", { ...allow, Principal: { Service: "s3.amazonaws.com" } }, ["s3.amazonaws.com"]],
    ["a service for any source", { ...allow, Condition: { ArnLike: { "aws:SourceArn": "*" } } }, ["*"]],
    ["anyone but one source", { ...allow, Condition: { ArnNotLike: fromBucket.ArnLike } }, ["*"]],
    ["anyone with TLS", { ...allow, Condition: { Bool: { "aws:SecureTransport": "true" } } }, ["*"]],
    ["anyone if the source is absent", { ...allow, Condition: { ArnLikeIfExists: fromBucket.ArnLike } }, ["*"]],
    ["another account, by a wildcard", { ...allow, Principal: { AWS: VENDOR }, Action: ["sqs:Send*"] }, [VENDOR]],
    ["another account's role", [{ ...allow, Principal: { AWS: `arn:aws:iam::${VENDOR}:role/x` } }], [`arn:aws:iam::${VENDOR}:role/x`]],
    ["its own account", { ...allow, Principal: { AWS: [`arn:aws:iam::${CUSTOMER}:root`, CUSTOMER] }, Action: "sqs:*" }, []],
    ["everyone but one", { Effect: "Allow", NotPrincipal: { AWS: VENDOR }, Action: "*" }, ["NotPrincipal"]],
    ["nobody: others may only read", { ...allow, Action: ["sqs:ReceiveMessage"] }, []],
    ["nobody: it denies", { ...allow, Effect: "Deny" }, []],
    ["everything but one action", { Effect: "Allow", Principal: "*", NotAction: "sqs:DeleteQueue" }, ["*"]],
    [
      "a service for any bucket",
      { ...allow, Principal: SERVICE, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:*" } } },
      [SERVICE.Service],
    ],
    ["a service for another account", { ...allow, Principal: SERVICE, Condition: forAccount("999999999999") }, [SERVICE.Service]],
    ["a service for its own account", { ...allow, Principal: SERVICE, Condition: forAccount(CUSTOMER) }, []],
    ["its own account's principals", { ...allow, Condition: { StringEquals: { "aws:PrincipalAccount": CUSTOMER } } }, []],
    ["anyone, on another queue", { ...allow, Resource: "arn:aws:sqs:eu-west-1:111111111111:other" }, []],
    ["anyone, whom another statement denies", [allow, { ...allow, Effect: "Deny" }], []],
    ["an action written in other cases", { ...allow, Action: "SQS:sendmessage" }, ["*"]],
  ])("%s", (_, Statement, expected) => {
    expect(otherSenders(JSON.stringify({ Version: "2012-10-17", Statement }), QUEUE)).toEqual(expected);
  });

  test("is only its own account without a policy, and unknown where the policy cannot be read", () => {
    expect(otherSenders(undefined, QUEUE)).toEqual([]);
    expect(otherSenders("{", QUEUE)).toEqual(["a policy that cannot be read"]);
  });
});

describe("the exit code", () => {
  test("of expired credentials differs from that of nothing yet", async () => {
    const fresh = () => {
      const account = new FakeAccount();
      account.roleCreatedAt = NOW - 10 * MINUTE;
      return account;
    };
    const expired = fresh();
    const error = Object.assign(new Error("The provided token has expired."), { name: "ExpiredToken", $metadata: { httpStatusCode: 400 } });
    for (const operation of ["sqs:GetQueueUrl", "cloudtrail:LookupEvents", "s3:ListObjectsV2", "iam:GetRole"] as const)
      expired.forbid(operation, error);

    expect([(await fresh().watch()).exitCode, (await expired.watch()).exitCode]).toEqual([5, 3]);
  });

  test("of several destinations is that of the unknown one before that of the one without a delivery", async () => {
    const account = new FakeAccount().store(5, "activity/x");
    account.roleCreatedAt = NOW - 10 * MINUTE;
    const other = contractOf("kandji", { id: "other", keyPrefix: "second/", expectations: [] });

    const report = await account.watch([contractOf("kandji"), other]);

    expect(report.destinations.map(({ status }) => status)).toEqual(["couldNotTell", "nothingYet"]);
    expect(report.exitCode).toBe(3);
  });

  test("is never 5 where a source failed, and so a delivery may have come", async () => {
    const account = new FakeAccount().forbid("s3:ListObjectsV2").forbid("sqs:ReceiveMessage");
    account.roleCreatedAt = NOW - 10 * MINUTE;

    expect((await account.watch()).exitCode).toBe(3);
  });
});
