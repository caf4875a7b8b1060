import { type DeliveryContract, eventsQueueName } from "../../lib/contract";
import type { Aws } from "../aws";
import { ask, OperationError } from "./ask";
import { type MessageContent, readMessage } from "./messages";

/** For so long a message that was read is hidden from others, at most. */
const HIDDEN_SECONDS = 120;
/** A pass ends here, so that it can show all messages again in time. */
const MOST_MESSAGES = 10_000;
const BATCH = 10;
const ABSENT = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

export interface Queue {
  readonly url: string;
  /** For people. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly retentionMs: number;
  /** Reading would sooner or later move its messages to a dead-letter queue. */
  readonly hasDeadLetters: boolean;
}

/** One message as it was read. */
export interface Message {
  readonly handle: string;
  readonly content: MessageContent;
}

/** The queue: the one named, the one that the construct defines, or one that the bucket's notifications go to. */
export async function findQueue(
  aws: Aws,
  { bucket }: DeliveryContract,
  named: string | undefined,
  address: { Bucket: string; ExpectedBucketOwner?: string },
  signal: AbortSignal,
): Promise<Queue | undefined> {
  const url =
    named ?? (await urlOf(aws, { QueueName: eventsQueueName(bucket.name) }, signal)) ?? (await notifiedQueue(aws, address, signal));
  return url === undefined ? undefined : describe(aws, url, signal);
}

async function urlOf(
  aws: Aws,
  input: { QueueName: string; QueueOwnerAWSAccountId?: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return (await ask(aws, "sqs:GetQueueUrl", input, signal)).QueueUrl;
  } catch (error) {
    if (error instanceof OperationError && ABSENT.includes(error.code)) return undefined;
    throw error;
  }
}

/** A queue of the user's own that hears of new objects. */
async function notifiedQueue(
  aws: Aws,
  address: { Bucket: string; ExpectedBucketOwner?: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { QueueConfigurations = [] } = await ask(aws, "s3:GetBucketNotificationConfiguration", address, signal);
  for (const { QueueArn, Events } of QueueConfigurations) {
    const [, , , , account, name] = QueueArn?.split(":") ?? [];
    if (name === undefined || !Events?.some((event) => event.startsWith("s3:ObjectCreated"))) continue;
    const url = await urlOf(aws, { QueueName: name, ...(account && { QueueOwnerAWSAccountId: account }) }, signal);
    if (url !== undefined) return url;
  }
  return undefined;
}

async function describe(aws: Aws, url: string, signal: AbortSignal): Promise<Queue> {
  const asked = { QueueUrl: url, AttributeNames: ["CreatedTimestamp", "MessageRetentionPeriod", "RedrivePolicy"] as never[] };
  const { Attributes = {} } = await ask(aws, "sqs:GetQueueAttributes", asked, signal);
  return {
    url,
    name: url.slice(url.lastIndexOf("/") + 1),
    createdAt: Number(Attributes.CreatedTimestamp ?? 0) * 1_000,
    retentionMs: Number(Attributes.MessageRetentionPeriod ?? 345_600) * 1_000,
    hasDeadLetters: Attributes.RedrivePolicy !== undefined,
  };
}

/** Every message that is visible now. They are hidden until `release`, or for two minutes. */
export async function readMessages(aws: Aws, queue: Queue, signal: AbortSignal): Promise<{ messages: Message[]; complete: boolean }> {
  const found = new Map<string, Message>();
  const input = { QueueUrl: queue.url, MaxNumberOfMessages: BATCH, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: 1 };
  // SQS asks some of its servers at a time: one empty answer says little.
  let empty = 0;
  try {
    while (empty < 2 && found.size < MOST_MESSAGES && !signal.aborted) {
      // No signal: an answer that nobody waits for would leave its messages hidden.
      const { Messages = [] } = await ask(aws, "sqs:ReceiveMessage", input);
      empty = Messages.length === 0 ? empty + 1 : 0;
      for (const { MessageId, ReceiptHandle, Body } of Messages)
        if (ReceiptHandle !== undefined) found.set(MessageId ?? ReceiptHandle, { handle: ReceiptHandle, content: readMessage(Body) });
    }
  } catch (error) {
    // What cannot be shown again now shows itself when its time is up.
    await release(aws, queue, [...found.values()]).catch(() => {});
    throw error;
  }
  return { messages: [...found.values()], complete: found.size < MOST_MESSAGES && !signal.aborted };
}

/** Shows messages to everybody again. */
export async function release(aws: Aws, { url }: Queue, messages: readonly Message[]): Promise<void> {
  for (const batch of batches(messages)) {
    const Entries = batch.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle, VisibilityTimeout: 0 }));
    await ask(aws, "sqs:ChangeMessageVisibilityBatch", { QueueUrl: url, Entries });
  }
}

export async function remove(aws: Aws, { url }: Queue, messages: readonly Message[]): Promise<void> {
  for (const batch of batches(messages)) {
    const Entries = batch.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
    await ask(aws, "sqs:DeleteMessageBatch", { QueueUrl: url, Entries });
  }
}

function batches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));
}
