import { eventsQueueName } from "../../lib/contract";
import type { Aws, BucketAddress } from "../aws";
import { type Asker, ask, OperationError } from "./ask";
import { type MessageContent, readMessage } from "./messages";
import { otherSenders } from "./senders";

/** How long a message that was read is hidden from other readers, at most. */
const HIDDEN_SECONDS = 120;
/** A poll reads no more messages than it can release in time. */
const MOST_MESSAGES = 10_000;
const BATCH = 10;
const QUEUE_ATTRIBUTES = ["CreatedTimestamp", "MessageRetentionPeriod", "Policy", "QueueArn", "RedrivePolicy"] as const;
const ABSENT = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

export interface Queue {
  readonly url: string;
  /** For people. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly retentionMs: number;
  /** Principals other than AWS services on behalf of this account that its policy lets send messages. */
  readonly otherSenders: readonly string[];
  /** Its messages go to a dead-letter queue after some reads. */
  readonly hasDeadLetters: boolean;
}

/** One message as it was read. */
export interface Message {
  readonly handle: string;
  readonly content: MessageContent;
}

export interface FindQueueOptions {
  readonly bucket: string;
  /** The queue that the user named. */
  readonly queueUrl: string | undefined;
  readonly address: BucketAddress;
}

/** The queue: the one that the user named, the one that the construct defines, or one that receives the bucket's notifications. */
export async function findQueue(asker: Asker, { bucket, queueUrl, address }: FindQueueOptions): Promise<Queue | undefined> {
  const url = queueUrl ?? (await urlOf(asker, { QueueName: eventsQueueName(bucket) })) ?? (await notifiedQueue(asker, address));
  return url === undefined ? undefined : describe(asker, url);
}

async function urlOf(asker: Asker, input: { QueueName: string; QueueOwnerAWSAccountId?: string }): Promise<string | undefined> {
  try {
    return (await ask(asker, "sqs:GetQueueUrl", input)).QueueUrl;
  } catch (error) {
    if (error instanceof OperationError && ABSENT.includes(error.code)) return undefined;
    throw error;
  }
}

/** A queue of the user that receives notifications of new objects. */
async function notifiedQueue(asker: Asker, address: BucketAddress): Promise<string | undefined> {
  const { QueueConfigurations = [] } = await ask(asker, "s3:GetBucketNotificationConfiguration", address);
  for (const { QueueArn, Events } of QueueConfigurations) {
    const [, , , , account, name] = QueueArn?.split(":") ?? [];
    if (name === undefined || !Events?.some((event) => event.startsWith("s3:ObjectCreated"))) continue;
    const url = await urlOf(asker, { QueueName: name, ...(account && { QueueOwnerAWSAccountId: account }) });
    if (url !== undefined) return url;
  }
  return undefined;
}

async function describe(asker: Asker, url: string): Promise<Queue> {
  const input = { QueueUrl: url, AttributeNames: [...QUEUE_ATTRIBUTES] };
  const { Attributes = {} } = await ask(asker, "sqs:GetQueueAttributes", input);
  return {
    url,
    name: url.slice(url.lastIndexOf("/") + 1),
    createdAt: Number(Attributes.CreatedTimestamp ?? 0) * 1_000,
    otherSenders: otherSenders(Attributes.Policy, Attributes.QueueArn),
    retentionMs: Number(Attributes.MessageRetentionPeriod ?? 345_600) * 1_000,
    hasDeadLetters: Attributes.RedrivePolicy !== undefined,
  };
}

/** Reads every visible message. It hides them until `release`, or for two minutes. */
export async function readMessages(aws: Aws, queue: Queue, signal: AbortSignal): Promise<{ messages: Message[]; complete: boolean }> {
  const found = new Map<string, Message>();
  const input = { QueueUrl: queue.url, MaxNumberOfMessages: BATCH, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: 1 };
  // SQS queries only some of its servers each time, so one empty answer does not mean an empty queue.
  let empty = 0;
  try {
    while (empty < 2 && found.size < MOST_MESSAGES && !signal.aborted) {
      // No signal: the messages in an answer that is not awaited would stay hidden.
      const { Messages = [] } = await ask({ aws }, "sqs:ReceiveMessage", input);
      empty = Messages.length === 0 ? empty + 1 : 0;
      for (const { MessageId, ReceiptHandle, Body } of Messages)
        if (ReceiptHandle !== undefined) found.set(MessageId ?? ReceiptHandle, { handle: ReceiptHandle, content: readMessage(Body) });
    }
  } catch (error) {
    // If this fails, the messages become visible again after two minutes.
    await release(aws, queue, [...found.values()]).catch(() => {});
    throw error;
  }
  return { messages: [...found.values()], complete: found.size < MOST_MESSAGES && !signal.aborted };
}

/** Makes messages visible to other readers again. */
export async function release(aws: Aws, { url }: Queue, messages: readonly Message[]): Promise<void> {
  for (const batch of batches(messages)) {
    const Entries = batch.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle, VisibilityTimeout: 0 }));
    await ask({ aws }, "sqs:ChangeMessageVisibilityBatch", { QueueUrl: url, Entries });
  }
}

export async function remove(aws: Aws, { url }: Queue, messages: readonly Message[]): Promise<void> {
  for (const batch of batches(messages)) {
    const Entries = batch.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
    await ask({ aws }, "sqs:DeleteMessageBatch", { QueueUrl: url, Entries });
  }
}

function batches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));
}

/** Runs work of the same name one at a time: concurrent readers of one SQS queue would hide its messages from each other. */
export class SerialQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work once all earlier work of that name is done. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const result = (this.last.get(name) ?? Promise.resolve()).then(work);
    this.last.set(
      name,
      result.catch(() => {}),
    );
    return result;
  }
}
