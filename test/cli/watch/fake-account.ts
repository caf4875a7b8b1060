/** A customer's account as a watch meets it: a queue, a role, CloudTrail, a bucket. Every call that nobody planned fails. */
import { readFileSync } from "node:fs";
import type { WatchReport } from "../../../cli/report/watch/types";
import { type WatchAllOptions, watchAll } from "../../../cli/watch/watch-all";
import type { DeliveryContract } from "../../../lib/contract/types";
import { awsError, FakeAws, FakeClock } from "../fake-aws";

export const CUSTOMER = "111111111111";
export const VENDOR = "222222222222";
export const ROLE_ID = "AROAROLEOFTHECUSTOMER";
export const NOW = Date.UTC(2026, 0, 1, 10);
export const MINUTE = 60_000;
const EVENTS = JSON.parse(readFileSync(`${__dirname}/events.json`, "utf8"));
const QUEUE = `https://sqs.eu-west-1.amazonaws.com/${CUSTOMER}/delivery-events`;

export function contractOf(name: "kandji" | "sixsense", change: Partial<DeliveryContract> = {}): DeliveryContract {
  const contract = JSON.parse(readFileSync(`${__dirname}/../contracts/${name}.json`, "utf8"));
  const cadence = name === "kandji" ? { firstDeliveryWithinMinutes: 120, everyMinutes: 60 } : { everyMinutes: 60, lateByMinutes: 240 };
  return { ...contract, cadence, ...change };
}

interface StoredMessage {
  readonly id: string;
  readonly body: string;
  hiddenUntil: number;
  received: number;
}

export class FakeAccount {
  readonly clock = new FakeClock();
  readonly stop = new AbortController();
  readonly aws = new FakeAws({});
  messages: StoredMessage[] = [];
  /** Undefined where there is no such queue. */
  queueName: string | undefined = "delivery-events-acme-kandji-activity";
  attributes: Record<string, string> = { CreatedTimestamp: String((NOW - 24 * 60 * MINUTE) / 1_000), MessageRetentionPeriod: "345600" };
  notifications: object = {};
  roleCreatedAt = NOW - 30 * 60 * MINUTE;
  trust: object = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${VENDOR}:role/kandji-activity` }, Action: "sts:AssumeRole" };
  cloudTrail: Record<string, object[]> = {};
  objects: { Bucket?: string; Key: string; LastModified: Date; Size: number; ETag?: string }[] = [];

  constructor() {
    this.clock.time = NOW;
    const { aws, clock } = this;
    aws.plan("s3:HeadBucket", () => ({ BucketRegion: "eu-west-1" }));
    aws.plan("iam:GetRole", () => ({
      Role: {
        RoleId: ROLE_ID,
        CreateDate: new Date(this.roleCreatedAt),
        AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: [this.trust] })),
      },
    }));
    aws.plan("sqs:GetQueueUrl", ({ input }) => {
      if (input.QueueName !== this.queueName) throw awsError("QueueDoesNotExist", 400, "The specified queue does not exist.");
      return { QueueUrl: `${QUEUE}-url` };
    });
    aws.plan("s3:GetBucketNotificationConfiguration", () => this.notifications);
    aws.plan("sqs:GetQueueAttributes", () => ({ Attributes: this.attributes }));
    aws.plan("sqs:ReceiveMessage", ({ input }) => {
      const visible = this.messages.filter(({ hiddenUntil }) => hiddenUntil <= clock.time).slice(0, input.MaxNumberOfMessages);
      for (const message of visible) {
        message.hiddenUntil = clock.time + input.VisibilityTimeout * 1_000;
        message.received++;
      }
      return visible.length === 0
        ? {}
        : { Messages: visible.map(({ id, body }) => ({ MessageId: id, ReceiptHandle: `handle-${id}`, Body: body })) };
    });
    aws.plan("sqs:ChangeMessageVisibilityBatch", ({ input }) => {
      for (const { ReceiptHandle, VisibilityTimeout } of input.Entries)
        this.byHandle(ReceiptHandle).hiddenUntil = clock.time + VisibilityTimeout;
      return {};
    });
    aws.plan("sqs:DeleteMessageBatch", ({ input }) => {
      const gone = input.Entries.map(({ ReceiptHandle }: { ReceiptHandle: string }) => this.byHandle(ReceiptHandle));
      this.messages = this.messages.filter((message) => !gone.includes(message));
      return {};
    });
    aws.plan("cloudtrail:LookupEvents", ({ input, region }) => {
      const [{ AttributeKey }] = input.LookupAttributes;
      const found = AttributeKey === "ResourceName" ? (this.cloudTrail[region] ?? []) : (this.cloudTrail[`${region} by name`] ?? []);
      return { Events: found.map((event) => ({ CloudTrailEvent: JSON.stringify(event) })) };
    });
    aws.plan("s3:ListObjectsV2", ({ input }) => ({
      Contents: this.objects.filter(({ Bucket = input.Bucket, Key }) => Bucket === input.Bucket && Key.startsWith(input.Prefix)),
    }));
  }

  private byHandle(handle: string): StoredMessage {
    return this.messages.find(({ id }) => `handle-${id}` === handle)!;
  }

  send(message: unknown): this {
    const id = String(this.messages.length + 1);
    this.messages.push({ id, body: typeof message === "string" ? message : JSON.stringify(message), hiddenUntil: 0, received: 0 });
    return this;
  }

  /** An S3 notification about an object that arrived so many minutes ago, with the object and the session of the role that wrote it. */
  notify(minutesAgo: number, change: { principalId?: string; key?: string; sequencer?: string; bucket?: string } = {}): this {
    const { principalId = `AWS:${ROLE_ID}:kandji-42`, key = "activity/log.json", bucket = "acme-kandji-activity" } = change;
    const [, id, sessionName] = principalId.split(":");
    if (id === ROLE_ID && sessionName !== "vendor-destination-validation") this.assume(minutesAgo + 1, { sessionName });
    return this.keep(minutesAgo, key, bucket).message(minutesAgo, change);
  }

  /** The S3 notification alone. */
  message(
    minutesAgo: number,
    change: { principalId?: string; key?: string; sequencer?: string; bucket?: string; size?: number; eTag?: string } = {},
  ): this {
    const [record] = EVENTS.notification.Records;
    const {
      principalId = `AWS:${ROLE_ID}:kandji-42`,
      key = "activity/log.json",
      sequencer = "0A",
      bucket = "acme-kandji-activity",
      size = 7,
      eTag,
    } = change;
    return this.send({
      Records: [
        {
          ...record,
          eventTime: new Date(this.clock.time - minutesAgo * MINUTE).toISOString(),
          userIdentity: { principalId },
          s3: { bucket: { name: bucket }, object: { key, sequencer, size, eTag } },
        },
      ],
    });
  }

  /** An event of EventBridge about an object that arrived so many minutes ago. */
  bridge(minutesAgo: number, change: { requester?: string; key?: string; bucket?: string } = {}): this {
    const { requester = VENDOR, key = "data-packs/pack.csv", bucket = "acme.6sense.staging" } = change;
    this.keep(minutesAgo, key, bucket);
    const time = new Date(this.clock.time - minutesAgo * MINUTE).toISOString();
    return this.send({ ...EVENTS.eventBridge, time, detail: { bucket: { name: bucket }, object: { key, size: 7 }, requester } });
  }

  /** CloudTrail's event of a session of the role that was asked for so many minutes ago. */
  assume(
    minutesAgo: number,
    change: { account?: string; region?: string; errorCode?: string; sessionName?: string; roleArn?: string } = {},
  ): this {
    const { account = VENDOR, region = "eu-west-1", errorCode, sessionName = "kandji-42", roleArn } = change;
    this.cloudTrail[region] = [
      ...(this.cloudTrail[region] ?? []),
      {
        eventName: "AssumeRole",
        eventTime: new Date(this.clock.time - minutesAgo * MINUTE).toISOString(),
        userIdentity: { type: "AWSAccount", principalId: "AROAOFTHEVENDOR:x", accountId: account },
        requestParameters: { roleArn: roleArn ?? `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`, roleSessionName: sessionName },
        ...(errorCode !== undefined && { errorCode }),
      },
    ];
    return this;
  }

  /** The object as the newest write left it. */
  private keep(minutesAgo: number, key: string, bucket: string): this {
    const time = new Date(this.clock.time - minutesAgo * MINUTE);
    const stored = this.objects.find(({ Bucket, Key }) => Bucket === bucket && Key === key);
    if (stored === undefined) this.objects.push({ Bucket: bucket, Key: key, LastModified: time, Size: 7 });
    else if (stored.LastModified < time) stored.LastModified = time;
    return this;
  }

  store(minutesAgo: number, key = "activity/log.json", size = 7): this {
    this.objects.push({ Key: key, LastModified: new Date(this.clock.time - minutesAgo * MINUTE), Size: size });
    return this;
  }

  /** Watches; looks once unless asked otherwise. */
  async watch(
    contracts: DeliveryContract | readonly DeliveryContract[] = contractOf("kandji"),
    change: Partial<WatchAllOptions> = {},
  ): Promise<WatchReport> {
    const report = await watchAll([contracts].flat() as DeliveryContract[], {
      connect: this.aws.connect,
      source: { kind: "environment" },
      clock: this.clock,
      signal: this.stop.signal,
      region: undefined,
      queueUrl: undefined,
      cloudTrailRegions: [],
      since: undefined,
      fallbackStart: undefined,
      lateByMinutes: undefined,
      anyWriter: false,
      consume: false,
      program: "vendor-destination 0.0.0",
      once: true,
      timeoutMs: 180 * MINUTE,
      intervalMs: MINUTE,
      progress: () => {},
      ...change,
    });
    if (this.aws.unplanned.length > 0) throw new Error(`nobody planned ${JSON.stringify(this.aws.unplanned)}`);
    return report;
  }

  /** Takes an operation away: an error, as AWS gives it. */
  forbid(operation: Parameters<FakeAws["plan"]>[0], error: Error = awsError("AccessDenied", 403, "Access Denied")): this {
    this.aws.plan(operation, () => {
      throw error;
    });
    return this;
  }
}
