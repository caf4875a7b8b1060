/**
 * `watch`, as the bundled program, in the emulator: a real queue with the bucket's own messages, read by the real SDK.
 *
 * The emulator writes an account ID where AWS writes the unique ID of the session, so one message is sent as AWS would have written it.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { PutBucketNotificationConfigurationCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WatchReport } from "../../cli/report/watch/types";
import { eventsQueueName } from "../../lib/contract";
import type { DeliveryContract } from "../../lib/contract/types";
import { contractOf } from "../cli/watch/fake-account";
import { AccessFixture, trusts } from "../emulator/access-fixture";
import { describeWithEmulator } from "../emulator/describe";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";

const PROGRAM = join(__dirname, "..", "..", "program", "index.js");

describeWithEmulator("watch in the emulator", () => {
  let emulator: Emulator;
  let sqs: SQSClient;
  let fixture: AccessFixture;
  let queueUrl: string;
  let contract: DeliveryContract;
  let session: Credentials;

  beforeAll(async () => {
    emulator = await startEmulator();
    sqs = new SQSClient({
      endpoint: emulator.endpoint,
      region: "us-east-1",
      credentials: emulator.customer.root,
      useQueueUrlAsEndpoint: false,
    });
    fixture = new AccessFixture(emulator);
    await fixture.newBucket();
    queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: eventsQueueName(fixture.bucket) }))).QueueUrl!;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }));
    const QueueConfigurations = [{ QueueArn: Attributes!.QueueArn, Events: ["s3:ObjectCreated:*" as const] }];
    const NotificationConfiguration = { QueueConfigurations };
    await fixture.owner.send(new PutBucketNotificationConfigurationCommand({ Bucket: fixture.bucket, NotificationConfiguration }));

    const vendor = await emulator.vendor.role("kandji-activity");
    const roleArn = await fixture.trust(trusts(vendor.arn));
    contract = contractOf("kandji", {
      bucket: { name: fixture.bucket, arn: `arn:aws:s3:::${fixture.bucket}` },
      role: { name: roleArn.slice(roleArn.lastIndexOf("/") + 1), arn: roleArn },
      vendorPrincipals: [vendor.arn],
      expectations: [],
    });
    session = await fixture.assume((await vendor.session()).credentials, roleArn);
  });
  afterAll(() => emulator?.stop());

  /** Looks once. */
  function watch(...options: string[]): Promise<{ exitCode: number; stderr: string; report: WatchReport }> {
    const env = {
      PATH: process.env.PATH,
      ...emulator.environment(emulator.customer.root),
      VENDOR_DESTINATION_CONTRACT: JSON.stringify(contract),
    };
    const args = [PROGRAM, "watch", "--once", "--format", "json", ...options];
    return new Promise((resolve) =>
      execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
        resolve({ exitCode: Number(error?.code ?? 0), stderr, report: JSON.parse(stdout) }),
      ),
    );
  }

  async function visibleMessages(): Promise<string[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
    );
    return Messages.map(({ Body }) => Body!);
  }

  test("finds the queue, sees the vendor assume the role, and waits for the first delivery", async () => {
    const { exitCode, stderr, report } = await watch();

    expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: "" });
    expect(report.destinations[0]!.status).toBe("nothingYet");
    expect(report.destinations[0]!.sources.map(({ state }) => state)).toEqual(["read", "read", "read"]);
    expect(report.destinations[0]!.results[1]).toMatchObject({ id: "vendor-assumes-role", outcome: "pass", evidence: "observed" });
  });

  test("sees an object arrive, and does not say whose it is where the event does not", async () => {
    await fixture.s3(session).send(new PutObjectCommand({ Bucket: fixture.bucket, Key: "activity/a b+c.json", Body: "{}" }));

    const { exitCode, report } = await watch();

    expect(exitCode).toBe(3);
    expect(report.destinations[0]!.delivery).toMatchObject({ key: "activity/a b+c.json", by: "unknown" });
    expect((await watch("--any-writer")).exitCode).toBe(0);
  });

  test("knows the vendor by the role's unique ID once the object is there, and leaves every message where it was", async () => {
    const { Role } = await emulator.clients(emulator.customer.root).iam.send(new GetRoleCommand({ RoleName: contract.role!.name }));
    const before = await visibleMessages();
    const message = JSON.parse(before.find((body) => body.includes("ObjectCreated"))!);
    message.Records[0].userIdentity.principalId = `AWS:${Role!.RoleId}:delivery`;
    message.Records[0].s3.object = { key: "activity/new.json", size: 2 };
    const send = (time: number, sequencer: string) => {
      message.Records[0].eventTime = new Date(time).toISOString();
      message.Records[0].s3.object.sequencer = sequencer;
      return sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    };
    await send(Date.now(), "FE");
    const forged = await watch();
    expect(forged.exitCode, JSON.stringify(forged.report)).toBe(3);
    await fixture.s3(session).send(new PutObjectCommand({ Bucket: fixture.bucket, Key: "activity/new.json", Body: "{}" }));
    await send(Date.now() + 1_000, "FF");

    const { exitCode, report } = await watch();

    expect(exitCode, JSON.stringify(report)).toBe(0);
    expect(report.destinations[0]!.results[0]).toMatchObject({ outcome: "pass", evidence: "observed" });
    expect((await visibleMessages()).length).toBe(before.length + 3);
  });

  test("removes what it read when asked, all but the newest delivery", async () => {
    expect((await watch("--consume")).exitCode).toBe(0);

    const left = await visibleMessages();
    expect(left).toHaveLength(1);
    expect(left[0]).toContain("activity/new.json");
    expect((await watch()).exitCode).toBe(0);
  });
});
