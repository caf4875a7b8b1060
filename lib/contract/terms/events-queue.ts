/**
 * Name of the queue that holds the delivery events of a bucket.
 *
 * It follows from the bucket's name, so that `watch` finds it without being told. A dot becomes `_`, which no bucket name holds: no two
 * buckets share a queue. At most 79 of the 80 characters that SQS allows.
 */
export function eventsQueueName(bucketName: string): string {
  return `${EVENTS_QUEUE_PREFIX}${bucketName.replaceAll(".", "_")}`;
}

/** How the name of every such queue begins. */
export const EVENTS_QUEUE_PREFIX = "delivery-events-";
