/**
 * Reads the messages of a queue: S3's own notifications, those that came through SNS, and events of EventBridge.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
import type { Arrival } from "../report/watch";

/** The content of a message. Messages about anything but new objects have no arrivals. */
export interface MessageContent {
  readonly arrivals: readonly Arrival[];
  /** The bucket of the test message that S3 sends when notifications are configured. */
  readonly testOf?: string;
  /** Besides the arrivals, it reports something else, which others may need. */
  readonly hasOtherRecords?: true;
}

const NOTHING: MessageContent = { arrivals: [] };

export function readMessage(body: string | undefined): MessageContent {
  const message = object(parse(body));
  if (!message) return NOTHING;
  if (message.Type === "Notification" && typeof message.Message === "string") return readMessage(message.Message);
  if (message.Event === "s3:TestEvent") return { arrivals: [], ...(typeof message.Bucket === "string" && { testOf: message.Bucket }) };
  if (message.source === "aws.s3") return { arrivals: present([fromEventBridge(message)]) };
  const records = list(message.Records);
  const arrivals = present(records.map((record) => fromNotification(object(record))));
  return { arrivals, ...(arrivals.length > 0 && arrivals.length < records.length && { hasOtherRecords: true }) };
}

function fromNotification(record: Json | undefined): Arrival | undefined {
  if (record?.eventSource !== "aws:s3" || !text(record.eventName)?.startsWith("ObjectCreated:")) return undefined;
  const s3 = object(record.s3);
  const stored = object(s3?.object);
  const principalId = text(object(record.userIdentity)?.principalId);
  return arrival({
    bucket: text(object(s3?.bucket)?.name),
    key: decodeKey(text(stored?.key)),
    at: text(record.eventTime),
    size: stored?.size,
    eTag: text(stored?.eTag),
    versionId: text(stored?.versionId),
    sequencer: text(stored?.sequencer),
    writer: principalId === undefined ? undefined : { field: "principalId", value: principalId },
    sourceIp: text(object(record.requestParameters)?.sourceIPAddress),
  });
}

function fromEventBridge(event: Json): Arrival | undefined {
  if (event["detail-type"] !== "Object Created") return undefined;
  const detail = object(event.detail);
  const stored = object(detail?.object);
  const requester = text(detail?.requester);
  const owner = text(event.account);
  return arrival({
    bucket: text(object(detail?.bucket)?.name),
    // Unlike in a notification, the key is not URL-encoded.
    key: text(stored?.key),
    at: text(event.time),
    size: stored?.size,
    eTag: text(stored?.etag),
    versionId: text(stored?.["version-id"]),
    sequencer: text(stored?.sequencer),
    writer: requester === undefined ? undefined : { field: "requester", value: requester, ...(owner !== undefined && { owner }) },
    sourceIp: text(detail?.["source-ip-address"]),
  });
}

function arrival(
  found: { bucket?: string; key?: string; at?: string; size?: unknown; writer?: Arrival["writer"] } & Json,
): Arrival | undefined {
  const { bucket, key, at, size, ...rest } = found;
  const time = Date.parse(at ?? "");
  if (bucket === undefined || key === undefined || Number.isNaN(time)) return undefined;
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...known, bucket, key, at: time, ...(typeof size === "number" && { size }) };
}

/** Keys in notifications are form-encoded: a space is `+`, other characters are percent-encoded. */
function decodeKey(key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return key;
  }
}

/**
 * Removes duplicates and sorts by time: SQS delivers messages at least once, and in any order.
 *
 * Messages that name different writers of one object are not duplicates: S3's notification and EventBridge's event of the same write have
 * the same sequencer, and only one of them is conclusive.
 */
export function inOrder<T extends Arrival>(arrivals: readonly T[]): T[] {
  const known = new Map<string, T>();
  for (const one of arrivals) {
    const id = JSON.stringify([one.bucket, one.key, one.sequencer ?? [one.versionId, one.eTag, one.at], one.writer?.value]);
    if (!known.has(id)) known.set(id, one);
  }
  return [...known.values()].sort(byTime);
}

/** By time. Events of one key at the same time (EventBridge has only seconds) by their sequencers, hexadecimal numbers of any length. */
function byTime(one: Arrival, other: Arrival): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  const rank = ({ sequencer = "" }: Arrival) => sequencer.toUpperCase().padStart(64, "0");
  if (rank(one) === rank(other)) return 0;
  return rank(one) < rank(other) ? -1 : 1;
}

type Json = Readonly<Record<string, unknown>>;

function parse(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return undefined;
  }
}

function object(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
