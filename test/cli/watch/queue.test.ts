/** What queues and their other readers and senders do to a watch. */
import { describe, expect, test } from "vitest";
import type { WatchReport } from "../../../cli/report/watch/types";
import { awsError } from "../fake-aws";
import { CUSTOMER, contractOf, FakeAccount, MINUTE, NOW, ROLE_ID, VENDOR } from "./fake-account";

const only = ({ destinations }: WatchReport) => destinations[0]!;
const queueDetail = (report: WatchReport) => only(report).sources.find(({ name }) => name === "queue")?.detail;
const allow = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" };
const fromBucket = { ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-kandji-activity" } };
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const [BUCKET, KEY] = [contractOf("sixsense").bucket.name, `${contractOf("sixsense").keyPrefix}pack.csv`];

function hidden({ messages, clock }: FakeAccount): string[] {
  return messages.filter(({ hiddenUntil }) => hiddenUntil > clock.time).map(({ id }) => id);
}

describe("one write that S3 and EventBridge both report", () => {
  const reported = (bucket: string, key: string) => {
    const account = new FakeAccount().bridge(5, { bucket, key, requester: bucket === BUCKET ? VENDOR : CUSTOMER });
    account.notify(5, { bucket, key, principalId: bucket === BUCKET ? "AWS:AROAOFTHEVENDOR00000:run" : `AWS:${ROLE_ID}:kandji-42` });
    account.queueName = `delivery-events-${bucket.replaceAll(".", "_")}`;
    // Both messages have the sequencer of the write.
    account.messages = account.messages.map((message) => ({
      ...message,
      body: message.body.replace('"sequencer":"0A"', '"sequencer":"0B"').replace('"size":7}', '"size":7,"sequencer":"0B"}'),
    }));
    return account;
  };

  test.each([
    ["assumes a role", "kandji", "acme-kandji-activity", "activity/log.json"],
    ["is named by the bucket policy", "sixsense", BUCKET, KEY],
  ] as const)("is the vendor's in whatever order the messages come, where the vendor %s", async (_, name, bucket, key) => {
    const [account, other] = [reported(bucket, key), reported(bucket, key)];
    other.messages.reverse();

    expect((await account.watch(contractOf(name))).exitCode).toBe(0);
    expect((await other.watch(contractOf(name))).exitCode).toBe(0);
  });
});

describe("a queue that takes messages from others", () => {
  test("shows no delivery of a role either, though CloudTrail shows the session", async () => {
    const [open, closed] = [new FakeAccount().notify(5), new FakeAccount().notify(5)];
    open.attributes.Policy = policyOf(allow);
    closed.attributes.Policy = policyOf({ ...allow, Principal: { Service: "s3.amazonaws.com" }, Condition: fromBucket });

    const report = await open.watch();

    expect(report.exitCode).toBe(3);
    expect(only(report).delivery?.why).toContain("the queue's policy lets others send messages: *");
    expect((await closed.watch()).exitCode).toBe(0);
  });

  test("is one of another account, unless the user names it", async () => {
    const foreign = () => {
      const account = new FakeAccount().notify(5);
      account.queueName = "events";
      account.notifications = {
        QueueConfigurations: [{ QueueArn: `arn:aws:sqs:eu-west-1:${VENDOR}:events`, Events: ["s3:ObjectCreated:*"] }],
      };
      account.attributes.QueueArn = `arn:aws:sqs:eu-west-1:${VENDOR}:events`;
      return account;
    };
    const own = foreign();
    own.attributes.QueueArn = `arn:aws:sqs:eu-west-1:${CUSTOMER}:events`;

    const report = await foreign().watch();

    expect(report.exitCode).toBe(3);
    expect(only(report).delivery?.why).toContain(`lets others send messages: ${VENDOR}`);
    expect((await own.watch()).exitCode).toBe(0);
    expect((await foreign().watch(contractOf("kandji"), { queueUrl: "https://sqs.eu-west-1.amazonaws.com/x/events" })).exitCode).toBe(0);
  });

  test("stays one when a later poll cannot read its policy", async () => {
    const account = new FakeAccount().bridge(5, { bucket: BUCKET, key: KEY });
    account.queueName = "delivery-events-acme_6sense_staging";
    account.attributes.Policy = policyOf(allow);

    const report = await account.watch(contractOf("sixsense"), {
      once: false,
      timeoutMs: 5 * MINUTE,
      progress: () => void account.forbid("sqs:GetQueueAttributes"),
    });

    expect(report.exitCode).toBe(3);
    expect(only(report).results[0]).not.toHaveProperty("evidence");
  });
});

test("a FIFO queue does not show that nothing came", async () => {
  const statusFor = async (queueName: string) => {
    const account = new FakeAccount().notify(300).forbid("s3:ListObjectsV2");
    account.aws.plan("sqs:GetQueueUrl", () => ({ QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${CUSTOMER}/${queueName}` }));
    const report = await account.watch();
    return [queueDetail(report)?.includes("FIFO"), only(report).sources[0]?.seesSince === undefined];
  };

  expect(await statusFor("events.fifo")).toEqual([true, true]);
  expect(await statusFor("events")).toEqual([false, false]);
});

describe("--consume", () => {
  const consume = (account: FakeAccount, change = {}) => account.watch(contractOf("kandji"), { consume: true, ...change });

  test("keeps a message that also reports something else", async () => {
    const account = new FakeAccount().notify(90, { sequencer: "01" }).notify(80, { sequencer: "02" }).notify(5, { sequencer: "03" });
    const [first] = account.messages;
    const { Records } = JSON.parse(first!.body);
    const removed = { ...Records[0], eventName: "ObjectRemoved:Delete" };
    account.messages[0] = { ...first!, body: JSON.stringify({ Records: [...Records, removed] }) };

    await consume(account);

    expect(account.messages.map(({ id }) => id)).toEqual(["1", "3"]);
  });

  test("keeps the newest delivery that came before --since", async () => {
    const account = new FakeAccount().notify(70, { sequencer: "01" }).notify(10, { sequencer: "02" });

    await consume(account, { since: NOW });

    expect((await account.watch()).exitCode).toBe(0);
  });

  test.each<[string, (account: FakeAccount) => unknown, string]>([
    ["may not be removed", (account) => account.forbid("sqs:DeleteMessageBatch"), "sqs:DeleteMessage is needed"],
    [
      "are not removed although SQS answers with success",
      (account) =>
        account.aws.plan("sqs:DeleteMessageBatch", ({ input }) => ({
          Failed: input.Entries.map(({ Id }: { Id: string }) => ({ Id, Code: "InternalError", SenderFault: false })),
        })),
      "InternalError",
    ],
  ])("shows messages to others again that %s", async (_, fail, trouble) => {
    const account = new FakeAccount().notify(70, { sequencer: "01" }).notify(10, { sequencer: "02" });
    fail(account);

    const report = await consume(account);

    expect(queueDetail(report)).toContain("1 message could not be removed: ");
    expect(queueDetail(report)).toContain(trouble);
    expect([account.messages.length, hidden(account)]).toEqual([2, []]);
  });
});

test("messages that SQS does not show again are named, although SQS answers with success", async () => {
  const account = new FakeAccount().notify(5);
  account.aws.plan("sqs:ChangeMessageVisibilityBatch", ({ input }) => ({
    Failed: input.Entries.map(({ Id }: { Id: string }) => ({ Id, Code: "ReceiptHandleIsInvalid", SenderFault: true })),
  }));

  const report = await account.watch();

  expect(report.exitCode).toBe(0);
  expect(queueDetail(report)).toContain("; hidden from others for two minutes: 1 message: ");
});

describe("sources that fail after they were read", () => {
  const failing = (error: Error) => {
    const account = new FakeAccount();
    account.roleCreatedAt = NOW;
    const read = (["sqs:GetQueueAttributes", "s3:ListObjectsV2"] as const).map((name) => [name, account.aws.handlerOf(name)!] as const);
    let polls = 0;
    const progress = () => {
      polls++;
      for (const [name, handler] of read) account.aws.plan(name, handler);
      if (polls === 1) for (const [name] of read) account.forbid(name, error);
      if (polls === 2) account.notify(1);
    };
    return account.watch(contractOf("kandji"), { once: false, progress });
  };

  test("are read again where AWS could not be reached", async () => {
    expect((await failing(awsError("InternalError", 500))).exitCode).toBe(0);
  });

  test.each(["AccessDenied", "ExpiredToken"])("end the watch as unknown with %s", async (code) => {
    const report = await failing(awsError(code, 403));

    expect([report.exitCode, report.durationMs]).toEqual([3, MINUTE]);
  });

  test("end it at once where they never were read", async () => {
    const account = new FakeAccount();
    for (const operation of ["sqs:GetQueueUrl", "s3:ListObjectsV2"] as const) account.forbid(operation, awsError("InternalError", 500));

    const report = await account.watch(contractOf("kandji"), { once: false });

    expect([report.exitCode, report.durationMs]).toEqual([3, 0]);
  });
});
