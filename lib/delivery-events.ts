import type { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import type { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Fn, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkEventsProps, referencesOf } from "./checks";
import { EVENTS_QUEUE_PREFIX, eventsQueueName } from "./contract/terms";
import type { DestinationBucket } from "./destination-bucket";
import * as errors from "./errors";
import { allowBucketToSend, allowRuleToSend, denyPlainHttpToQueue } from "./policy";
import { isKnown, jsonText, lazyExpression, lazyText, PolicyBuilder, resolveTokens } from "./tokens";
import type { VendorDestination } from "./vendor-destination";

/** How the events of a bucket reach the queue. */
export enum DeliveryEventSource {
  /** S3 event notifications. They name the role session that wrote, which identifies a vendor that assumes a role of yours. */
  BUCKET_NOTIFICATION = "bucketNotification",
  /** Amazon EventBridge. Its events name the account that wrote, which identifies a vendor that uses a principal of its own. */
  EVENT_BRIDGE = "eventBridge",
}

/** Props of delivery events. */
export interface DeliveryEventsProps {
  /** The destinations whose deliveries count: all in one bucket, because a bucket has one notification configuration. */
  readonly destinations: VendorDestination[];
  /**
   * How the events reach the queue.
   *
   * @default - for each destination the source that identifies who wrote: BUCKET_NOTIFICATION where the vendor assumes a role,
   *   EVENT_BRIDGE where the bucket policy names the vendor
   */
  readonly source?: DeliveryEventSource;
  /**
   * How long events are kept, 60 to 1,209,600 seconds.
   *
   * Use at least the time between two deliveries plus their delay; `watch` finds nothing otherwise.
   *
   * @default 345600
   */
  readonly messageRetentionSeconds?: number;
  /**
   * Tags of the queue and the rule.
   *
   * @default - none
   */
  readonly tags?: { readonly [key: string]: string };
}

/**
 * The events that tell `vendor-destination watch` when the vendor has delivered.
 *
 * It defines a queue that only this bucket (or the rule about it) may send to, and the bucket's notification configuration. The name of
 * the queue follows from the bucket's name, so `watch` finds it. The queue is for `watch` alone: where other programs need the events
 * too, use EVENT_BRIDGE and give each its own rule.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 *
 * @example
 * import { DeliveryEvents, KandjiDestination } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * declare const kandji: KandjiDestination;
 * new DeliveryEvents(stack, "Events", { destinations: [kandji] });
 */
export class DeliveryEvents extends Construct {
  /** The queue. */
  public readonly queue: SqsQueue;
  /** The queue policy, which lets this bucket (or the rule) send. */
  public readonly queuePolicy: SqsQueuePolicy;
  /** The bucket's one notification configuration. */
  public readonly notification: S3BucketNotification;
  /** The rule on the default event bus, for EVENT_BRIDGE. */
  public readonly rule?: CloudwatchEventRule;
  /** The target that sends them to the queue, for EVENT_BRIDGE. */
  public readonly target?: CloudwatchEventTarget;

  public constructor(scope: Construct, id: string, props: DeliveryEventsProps) {
    super(scope, id);
    checkEventsProps(props, this.node.path);
    const aws = providerClasses();
    const { bucket } = props.destinations[0]!;
    const common = { region: bucket._givenRegion, provider: bucket.bucket.provider };
    const prefixesBy = (source: DeliveryEventSource) => prefixesOf(props.destinations.filter((one) => sourceOf(one, props) === source));
    const notified = prefixesBy(DeliveryEventSource.BUCKET_NOTIFICATION);
    const bridged = prefixesBy(DeliveryEventSource.EVENT_BRIDGE);

    this.queue = new aws.SqsQueue(this, "Queue", {
      ...common,
      name: this.queueName(bucket),
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: props.messageRetentionSeconds ?? 345_600,
      tags: props.tags,
    });
    if (bridged.length > 0) {
      this.rule = new aws.CloudwatchEventRule(this, "Rule", {
        ...common,
        namePrefix: EVENTS_QUEUE_PREFIX,
        description: `Objects that were created in the bucket ${bucket.bucketName}`,
        eventPattern: this.pattern(bucket, bridged),
        tags: props.tags,
      });
    }
    const policy = this.policy(bucket, notified.length > 0);
    this.queuePolicy = new aws.SqsQueuePolicy(this, "QueuePolicy", { ...common, queueUrl: this.queue.url, policy: policy.finalText });
    if (this.rule) {
      this.target = new aws.CloudwatchEventTarget(this, "Target", {
        ...common,
        rule: this.rule.name,
        arn: this.queue.arn,
        dependsOn: [this.queuePolicy],
      });
    }
    // S3 sends a test message before it accepts the configuration; and it answers 409 to two changes of one bucket at a time.
    this.notification = new aws.S3BucketNotification(this, "Notification", {
      ...common,
      bucket: bucket.bucket.bucket,
      eventbridge: bridged.length > 0,
      queue: notified.map((prefix) => ({
        queueArn: this.queue.arn,
        events: ["s3:ObjectCreated:*"],
        filterPrefix: prefix === "" ? undefined : prefix,
      })),
      dependsOn: [this.queuePolicy, bucket.policy],
    });
    this.node.addValidation({ validate: () => this.otherNotifications(bucket) });
  }

  private policy(bucket: DestinationBucket, notified: boolean): PolicyBuilder {
    const policy = new PolicyBuilder("resource", this);
    const { arn } = this.queue;
    if (notified) policy.add(allowBucketToSend(arn, bucket.bucketArn, Fn.element(Fn.split(":", arn), 4)));
    if (this.rule) policy.add(allowRuleToSend(arn, this.rule.arn));
    policy.add(denyPlainHttpToQueue(arn));
    return policy;
  }

  private queueName({ bucketName }: DestinationBucket): string {
    if (isKnown(bucketName)) return eventsQueueName(bucketName);
    return lazyExpression(this, [EVENTS_QUEUE_PREFIX, bucketName], (prefix, name) => `join("", [${prefix}, replace(${name}, ".", "_")])`);
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
  private pattern({ bucketName }: DestinationBucket, prefixes: readonly string[]): string {
    const keys = prefixes.filter((prefix) => prefix !== "").map((prefix) => ({ prefix }));
    const detail = { bucket: { name: [bucketName] }, ...(keys.length > 0 && { object: { key: keys } }) };
    const pattern = { source: ["aws.s3"], "detail-type": ["Object Created"], detail };
    return lazyText(() => jsonText(resolveTokens(this, pattern)));
  }

  /** Other notification configurations of the same bucket: the last one written silently wins. Of two DeliveryEvents the first reports. */
  private otherNotifications(bucket: DestinationBucket): string[] {
    const references = referencesOf(bucket);
    const stack = TerraformStack.of(this);
    const constructs = stack.node.findAll();
    const own = constructs.indexOf(this);
    return constructs.flatMap((construct, index) => {
      if (!isNotification(construct) || construct === this.notification) return [];
      if (index < own && construct.node.scope instanceof DeliveryEvents) return [];
      if (!references.includes(String(resolveTokens(stack, construct.bucketInput)))) return [];
      return [errors.twoNotificationOwners(bucket._literalName ?? bucket.node.path, construct.node.path, this.node.path)];
    });
  }
}

/** Loaded with the first queue: most stacks define none. */
function providerClasses() {
  return {
    ...(require("@cdktf/provider-aws/lib/cloudwatch-event-rule") as typeof import("@cdktf/provider-aws/lib/cloudwatch-event-rule")),
    ...(require("@cdktf/provider-aws/lib/cloudwatch-event-target") as typeof import("@cdktf/provider-aws/lib/cloudwatch-event-target")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-notification") as typeof import("@cdktf/provider-aws/lib/s3-bucket-notification")),
    ...(require("@cdktf/provider-aws/lib/sqs-queue") as typeof import("@cdktf/provider-aws/lib/sqs-queue")),
    ...(require("@cdktf/provider-aws/lib/sqs-queue-policy") as typeof import("@cdktf/provider-aws/lib/sqs-queue-policy")),
  };
}

/** The source whose events identify who wrote, unless another was chosen. */
function sourceOf({ role }: VendorDestination, { source }: DeliveryEventsProps): DeliveryEventSource {
  return source ?? (role ? DeliveryEventSource.BUCKET_NOTIFICATION : DeliveryEventSource.EVENT_BRIDGE);
}

/** The prefixes of several destinations; a wider one covers those within it. */
function prefixesOf(destinations: readonly VendorDestination[]): string[] {
  const prefixes = destinations.flatMap(({ _keyPrefixes }) => (_keyPrefixes.length === 0 ? [""] : _keyPrefixes));
  // S3 refuses filters that overlap.
  return [...new Set(prefixes)].filter((prefix) => !prefixes.some((other) => other !== prefix && prefix.startsWith(other)));
}

function isNotification(construct: unknown): construct is TerraformResource & { readonly bucketInput?: string } {
  return TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === "aws_s3_bucket_notification";
}
