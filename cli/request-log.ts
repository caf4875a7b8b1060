/** Collects AWS's request IDs, by which AWS Support and CloudTrail find a request again. */
import { AsyncLocalStorage } from "node:async_hooks";

const collecting = new AsyncLocalStorage<string[]>();

/** Runs the work and collects the IDs of the requests that it makes into `requestIds`, also if it fails. */
export function collectRequestIds<T>(requestIds: string[], work: () => Promise<T>): Promise<T> {
  return collecting.run(requestIds, work);
}

/** Adds the ID of an answer, or of an error, if it has one. */
export function noteRequestId(answer: unknown): void {
  const requestId = (answer as { $metadata?: { requestId?: string } } | undefined)?.$metadata?.requestId;
  const requestIds = collecting.getStore();
  if (requestId !== undefined && requestIds !== undefined && !requestIds.includes(requestId)) requestIds.push(requestId);
}
