import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  DeliveryEventSource,
  DeliveryEvents,
  type DeliveryEventsProps,
  DestinationBucket,
  KandjiDestination,
  SixSenseDestination,
  VendorPermissions,
} from "../../lib";
import { DependencyGraph } from "./graph";
import { type Attributes, KANDJI, newStack, SIX_SENSE, type Synthesized, synthesize } from "./synthesized";

const SHARED = { vendorAccountId: "222222222222", vendorRoleName: "kandji-activity", permissions: VendorPermissions.LEAST_PRIVILEGE };

function kandjiEvents(props: Partial<DeliveryEventsProps> = {}, destination: object = {}): Synthesized {
  const stack = newStack();
  const kandji = new KandjiDestination(stack, "Kandji", { ...KANDJI, destinationPath: "activity", ...destination });
  new DeliveryEvents(stack, "Events", { destinations: [kandji], ...props });
  return synthesize(stack);
}

function sixSenseEvents(props: Partial<DeliveryEventsProps> = {}, destination: object = {}): Synthesized {
  const stack = newStack();
  const sixSense = new SixSenseDestination(stack, "SixSense", { ...SIX_SENSE, ...destination });
  new DeliveryEvents(stack, "Events", { destinations: [sixSense], ...props });
  return synthesize(stack);
}

function queuePolicyOf(synthesized: Synthesized): Attributes[] {
  // Expressions stand in place of the JSON texts that Terraform will write.
  const text = synthesized
    .only("aws_sqs_queue_policy")
    .policy.replace(/\$\{jsonencode\((.*?)\)\}(?=[,\]}])/g, (_: string, expression: string) => JSON.stringify(expression));
  return JSON.parse(text).Statement;
}

describe("events of a vendor that assumes a role", () => {
  test("come as S3 notifications, which name the role's session, from under the destination's prefix", () => {
    const synthesized = kandjiEvents();
    const { queue, eventbridge } = synthesized.only("aws_s3_bucket_notification");

    expect(queue).toEqual([
      { events: ["s3:ObjectCreated:*"], filter_prefix: "activity/", queue_arn: expect.stringMatching(/^\$\{aws_sqs_queue\.\w+\.arn\}$/) },
    ]);
    expect(eventbridge).toBe(false);
    expect(synthesized.all("aws_cloudwatch_event_rule")).toEqual([]);
  });

  test("come from the whole bucket where the vendor delivers anywhere", () => {
    expect(kandjiEvents({}, { destinationPath: "" }).only("aws_s3_bucket_notification").queue[0].filter_prefix).toBeUndefined();
  });

  test("may be sent by this bucket of this account alone, over HTTPS", () => {
    expect(queuePolicyOf(kandjiEvents())).toEqual([
      {
        Sid: "AllowBucketToSend",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: expect.stringContaining("aws_sqs_queue."),
        Condition: {
          ArnEquals: { "aws:SourceArn": "arn:aws:s3:::acme-kandji-activity" },
          StringEquals: { "aws:SourceAccount": expect.stringMatching(/element\(split\(":", aws_sqs_queue\.\w+\.arn\), 4\)/) },
        },
      },
      {
        Sid: "AllowSSLRequestsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: expect.stringContaining("aws_sqs_queue."),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });
});

describe("events of a vendor that the bucket policy names", () => {
  const synthesized = sixSenseEvents({}, { auditLogs: { filePath: "audit", frequency: "Daily" } });

  test("come through EventBridge, which names the account that wrote, from under both prefixes", () => {
    expect(JSON.parse(synthesized.only("aws_cloudwatch_event_rule").event_pattern)).toEqual({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["acme.6sense.staging"] }, object: { key: [{ prefix: "data-packs/" }, { prefix: "audit/" }] } },
    });
    expect(synthesized.only("aws_s3_bucket_notification")).toMatchObject({ eventbridge: true });
    expect(synthesized.only("aws_s3_bucket_notification").queue ?? []).toEqual([]);
    expect(synthesized.only("aws_cloudwatch_event_target").arn).toMatch(/^\$\{aws_sqs_queue\.\w+\.arn\}$/);
  });

  test("may be sent by this rule alone", () => {
    const [allow] = queuePolicyOf(synthesized);

    expect(allow).toMatchObject({
      Sid: "AllowRuleToSend",
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": expect.stringMatching(/aws_cloudwatch_event_rule\.\w+\.arn/) } },
    });
    expect(queuePolicyOf(synthesized).map(({ Sid }) => Sid)).toEqual(["AllowRuleToSend", "AllowSSLRequestsOnly"]);
  });
});

describe("delivery events", () => {
  test.each([
    [kandjiEvents, DeliveryEventSource.EVENT_BRIDGE, true, 1],
    [sixSenseEvents, DeliveryEventSource.BUCKET_NOTIFICATION, false, 0],
  ] as const)("can be asked to come the other way: %#", (build, source, eventbridge, rules) => {
    const synthesized = build({ source });

    expect(synthesized.only("aws_s3_bucket_notification").eventbridge).toBe(eventbridge);
    expect(synthesized.all("aws_cloudwatch_event_rule")).toHaveLength(rules);
  });

  test("of several vendors in one bucket come each its own way, by one configuration", () => {
    const stack = newStack();
    const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme-shared", objectOwnership: "BucketOwnerPreferred" as never });
    const kandji = new KandjiDestination(stack, "Kandji", { ...SHARED, bucket, destinationPath: "kandji" });
    const sixSense = new SixSenseDestination(stack, "SixSense", {
      bucket,
      permissions: VendorPermissions.LEAST_PRIVILEGE,
      vendorRoleArn: SIX_SENSE.vendorRoleArn,
      dataPacks: { filePath: "6sense" },
    });
    new DeliveryEvents(stack, "Events", { destinations: [kandji, sixSense] });

    const synthesized = synthesize(stack);

    const { queue, eventbridge } = synthesized.only("aws_s3_bucket_notification");
    expect(queue.map((one: Attributes) => one.filter_prefix)).toEqual(["kandji/"]);
    expect(eventbridge).toBe(true);
    expect(JSON.parse(synthesized.only("aws_cloudwatch_event_rule").event_pattern).detail.object.key).toEqual([{ prefix: "6sense/" }]);
  });

  test("have one filter where one prefix covers the other: S3 refuses filters that overlap", () => {
    const { queue } = sixSenseEvents(
      { source: DeliveryEventSource.BUCKET_NOTIFICATION },
      { dataPacks: { filePath: "logs" }, auditLogs: { filePath: "logs/audit", frequency: "Hourly" } },
    ).only("aws_s3_bucket_notification");

    expect(queue.map((one: Attributes) => one.filter_prefix)).toEqual(["logs/"]);
  });

  test("lie encrypted in a queue whose name follows from the bucket's", () => {
    expect(sixSenseEvents({ tags: { team: "data" } }).only("aws_sqs_queue")).toMatchObject({
      name: "delivery-events-acme_6sense_staging",
      sqs_managed_sse_enabled: true,
      message_retention_seconds: 345_600,
      tags: { team: "data" },
    });
  });

  test("have names and patterns that Terraform works out where it chooses the bucket's name", () => {
    const synthesized = kandjiEvents({ source: DeliveryEventSource.EVENT_BRIDGE }, { bucketName: undefined });

    expect(synthesized.only("aws_sqs_queue").name).toMatch(
      /^\$\{join\("", \["delivery-events-", replace\(.*aws_s3_bucket\.\w+\.bucket.*, "\.", "_"\)\]\)\}$/,
    );
    expect(synthesized.only("aws_cloudwatch_event_rule").event_pattern).toMatch(
      /"bucket":\{"name":\[\$\{jsonencode\(.*aws_s3_bucket\.\w+\.bucket.*\)\}\]\}/,
    );
  });

  test("keep a prefix that only Terraform knows", () => {
    const stack = newStack();
    const path = new TerraformVariable(stack, "path", { type: "string" });
    const kandji = new KandjiDestination(stack, "Kandji", { ...KANDJI, destinationPath: path.stringValue });
    new DeliveryEvents(stack, "Events", { destinations: [kandji] });

    expect(synthesize(stack).only("aws_s3_bucket_notification").queue[0].filter_prefix).toMatch(/trimsuffix\(.*var\.path.*\}\/$/);
  });

  test("have every resource in the bucket's region, with its provider", () => {
    const { json } = sixSenseEvents();
    const own = [
      "aws_sqs_queue",
      "aws_sqs_queue_policy",
      "aws_s3_bucket_notification",
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_target",
    ];

    for (const type of own) expect(Object.values<Attributes>(json.resource[type])[0]!.region, type).toBe("eu-west-1");
  });

  test("are switched on once the queue lets S3 in, and never while another setting of the bucket changes", () => {
    const graph = new DependencyGraph(sixSenseEvents().json);
    const address = (type: string) => graph.addresses.find((candidate) => candidate.startsWith(`${type}.`))!;

    expect(graph.waitsFor(address("aws_s3_bucket_notification"), address("aws_sqs_queue_policy"))).toBe(true);
    expect(graph.waitsFor(address("aws_cloudwatch_event_target"), address("aws_sqs_queue_policy"))).toBe(true);
    expect(graph.concurrent(graph.addresses.filter((one) => one.startsWith("aws_s3_bucket")))).toEqual([]);
  });

  test("have every resource at hand", () => {
    const stack = newStack();
    const sixSense = new SixSenseDestination(stack, "SixSense", SIX_SENSE);
    const events = new DeliveryEvents(stack, "Events", { destinations: [sixSense] });
    const reachable = [events.queue, events.queuePolicy, events.notification, events.rule!, events.target!];
    for (const resource of reachable) resource.addOverride("mark", true);

    const { json } = synthesize(stack);

    const marks = Object.values<Attributes>(json.resource).flatMap((found) => Object.values<Attributes>(found).filter(({ mark }) => mark));
    expect(marks).toHaveLength(5);
  });
});

describe("wrong delivery events", () => {
  test("fail without a destination", () => {
    expect(() => new DeliveryEvents(newStack(), "Events", { destinations: [] })).toThrow(
      /NoDestinations: 'destinations' .*\(at stack\/Events\)/,
    );
  });

  test("fail with destinations in several buckets", () => {
    const stack = newStack();
    const destinations = [new KandjiDestination(stack, "Kandji", KANDJI), new SixSenseDestination(stack, "SixSense", SIX_SENSE)];

    expect(() => new DeliveryEvents(stack, "Events", { destinations })).toThrow(/SeveralBuckets: 'destinations' .*\(at stack\/Events\)/);
  });

  test.each([59, 1_209_601, 90.5])("fail with a retention of %d seconds", (messageRetentionSeconds) => {
    expect(() => kandjiEvents({ messageRetentionSeconds })).toThrow(/MalformedNumber: 'messageRetentionSeconds' .*\(at stack\/Events\)/);
  });

  test("fail where the bucket has them twice", () => {
    const stack = newStack();
    const kandji = new KandjiDestination(stack, "Kandji", KANDJI);
    new DeliveryEvents(stack, "Events", { destinations: [kandji] });
    new DeliveryEvents(stack, "More", { destinations: [kandji] });

    expect(() => synthesize(stack)).toThrow(/TwoBucketNotifications: 'notification' .*\(at stack\/Events\)/);
  });

  test.each<[string, (kandji: KandjiDestination) => string]>([
    ["its name", () => "acme-kandji-activity"],
    ["its attribute `id`", ({ bucket }) => bucket.bucket.id],
  ])("fail beside a notification of the user's own that names the bucket by %s", (_, bucket) => {
    const stack = newStack();
    const kandji = new KandjiDestination(stack, "Kandji", KANDJI);
    new DeliveryEvents(stack, "Events", { destinations: [kandji] });
    new S3BucketNotification(stack, "Rival", { bucket: bucket(kandji), eventbridge: true });

    expect(() => synthesize(stack)).toThrow(/TwoBucketNotifications: .*got "stack\/Rival"/);
  });

  test("are no matter of another bucket's notification", () => {
    const stack = newStack();
    const kandji = new KandjiDestination(stack, "Kandji", KANDJI);
    new DeliveryEvents(stack, "Events", { destinations: [kandji] });
    new S3BucketNotification(stack, "Other", { bucket: "acme-other", eventbridge: true });

    expect(() => synthesize(stack)).not.toThrow();
  });
});
