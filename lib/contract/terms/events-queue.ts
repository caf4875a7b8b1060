/**
 * Name of the queue that holds the delivery events of a bucket.
 *
 * It follows from the bucket's name, so `watch` finds the queue without configuration. A dot becomes `_`, which bucket names cannot
 * contain, so no two buckets share a queue. The name has at most 79 of the 80 characters that SQS allows.
 */
export function eventsQueueName(bucketName: string): string {
  return `${EVENTS_QUEUE_PREFIX}${bucketName.replaceAll(".", "_")}`;
}

/** The prefix of the name of every such queue. */
export const EVENTS_QUEUE_PREFIX = "delivery-events-";
