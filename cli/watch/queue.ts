import { eventsQueueName } from "../../lib/contract";
import type { Aws, BucketAddress, OperationName } from "../aws";
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
  /** Messages of a group that are behind those that were read cannot be read. */
  readonly isFifo: boolean;
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
  // The user trusts the account of a queue that they name.
  if (queueUrl !== undefined) return describe(asker, queueUrl, undefined);
  const url = (await urlOf(asker, { QueueName: eventsQueueName(bucket) })) ?? (await notifiedQueue(asker, address));
  return url === undefined ? undefined : describe(asker, url, address.ExpectedBucketOwner);
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

/** @param owner the account that owns the bucket; a queue of another account takes messages from that account */
async function describe(asker: Asker, url: string, owner: string | undefined): Promise<Queue> {
  const input = { QueueUrl: url, AttributeNames: [...QUEUE_ATTRIBUTES] };
  const { Attributes = {} } = await ask(asker, "sqs:GetQueueAttributes", input);
  const name = url.slice(url.lastIndexOf("/") + 1);
  const account = Attributes.QueueArn?.split(":")[4];
  const foreign = owner !== undefined && account !== undefined && account !== owner ? [account] : [];
  return {
    url,
    name,
    createdAt: Number(Attributes.CreatedTimestamp ?? 0) * 1_000,
    otherSenders: [...foreign, ...otherSenders(Attributes.Policy, Attributes.QueueArn)],
    retentionMs: Number(Attributes.MessageRetentionPeriod ?? 345_600) * 1_000,
    hasDeadLetters: Attributes.RedrivePolicy !== undefined,
    isFifo: name.endsWith(".fifo"),
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
    await release(aws, queue, [...found.values()]);
    throw error;
  }
  return { messages: [...found.values()], complete: found.size < MOST_MESSAGES && !queue.isFifo && !signal.aborted };
}

/** What became of messages that were changed in batches. */
export interface BatchOutcome {
  readonly failed: readonly Message[];
  /** Why the first of them failed. */
  readonly error?: OperationError;
}

/** Makes messages visible to other readers again. */
export async function release(aws: Aws, { url: QueueUrl }: Queue, messages: readonly Message[]): Promise<BatchOutcome> {
  const operation = "sqs:ChangeMessageVisibilityBatch";
  return inBatches(messages, operation, (entries) => {
    const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    return ask({ aws }, operation, { QueueUrl, Entries });
  });
}

export async function remove(aws: Aws, { url: QueueUrl }: Queue, messages: readonly Message[]): Promise<BatchOutcome> {
  const operation = "sqs:DeleteMessageBatch";
  return inBatches(messages, operation, (Entries) => ask({ aws }, operation, { QueueUrl, Entries }));
}

interface BatchEntry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

interface BatchAnswer {
  /** SQS answers with success even if some entries failed. */
  readonly Failed?:
    | readonly { readonly Id?: string | undefined; readonly Code?: string | undefined; readonly Message?: string | undefined }[]
    | undefined;
}

async function inBatches(
  messages: readonly Message[],
  operation: OperationName,
  send: (entries: BatchEntry[]) => Promise<BatchAnswer>,
): Promise<BatchOutcome> {
  const failed: Message[] = [];
  let error: OperationError | undefined;
  for (let start = 0; start < messages.length; start += BATCH) {
    const batch = messages.slice(start, start + BATCH);
    try {
      const { Failed = [] } = await send(batch.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle })));
      failed.push(...Failed.flatMap(({ Id }) => batch[Number(Id)] ?? []));
      const [first] = Failed;
      if (first) error ??= new OperationError(operation, Object.assign(new Error(first.Message ?? ""), { name: first.Code ?? "Failed" }));
    } catch (thrown) {
      if (!(thrown instanceof OperationError)) throw thrown;
      return { failed: [...failed, ...messages.slice(start)], error: error ?? thrown };
    }
  }
  return { failed, ...(error && { error }) };
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
