import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rightFor } from "../../../cli/aws/rights";
import { contractOf, FakeAccount, NOW } from "./fake-account";

const page = readFileSync(`${__dirname}/../../../docs/watch.md`, "utf8");
const policy = JSON.parse(page.match(/```json watch\n(.*?)```/s)![1]!);
const actions: string[] = policy.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
const OPERATIONS = [
  "s3:GetBucketNotificationConfiguration",
  "s3:ListObjectsV2",
  "sqs:ChangeMessageVisibilityBatch",
  "sqs:DeleteMessageBatch",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
  "iam:GetRole",
  "cloudtrail:LookupEvents",
] as const;

/** An account of whose sources each is asked: the delivery is late, and the queue is found by the bucket's notifications. */
function accountWith(allowed: readonly string[]): FakeAccount {
  const account = new FakeAccount().notify(500).store(500);
  account.queueName = "mine";
  account.notifications = { QueueConfigurations: [{ QueueArn: "arn:aws:sqs:eu-west-1:1:mine", Events: ["s3:ObjectCreated:*"] }] };
  for (const operation of OPERATIONS) if (!allowed.includes(rightFor(operation))) account.forbid(operation);
  return account;
}

describe("the policy in the docs", () => {
  test("suffices", async () => {
    const { destinations } = await accountWith(actions).watch();

    expect(destinations[0]).toMatchObject({ status: "late", notes: [] });
    expect(destinations[0]!.sources.map(({ state }) => state)).toEqual(["read", "read", "read"]);
    expect(destinations[0]!.sources[0]!.detail).not.toContain("hidden");
  });

  test.each(actions)("fails to show everything without %s, and the report names it", async (missing) => {
    const report = await accountWith(actions.filter((action) => action !== missing)).watch();

    expect(JSON.stringify(report.destinations)).toContain(`${missing} is needed`);
  });

  test("suffices to consume, with the one right that the docs add", async () => {
    const without = await accountWith(actions).watch(contractOf("kandji"), { consume: true });
    const account = accountWith([...actions, "sqs:DeleteMessage"]);
    await account.notify(400, { sequencer: "0B" }).watch(contractOf("kandji"), { consume: true, since: NOW - 1_000 * 60_000 });

    expect(page).toContain("`--consume` also needs `sqs:DeleteMessage`");
    expect(without.destinations[0]!.status).toBe("late");
    expect(account.messages).toHaveLength(1);
  });
});
