import { type Failure, failureOf } from "../aws";
import { collectRequestIds } from "../request-log";

/** AWS's answer to one request: it was allowed, it was denied, or something else went wrong. */
export type Attempt = Answer & {
  /** AWS's IDs of the requests that were made. */
  readonly requestIds?: readonly string[];
};

type Answer = { readonly outcome: "allowed" } | { readonly outcome: "refused" | "failed"; readonly failure: Failure };

export async function attempt(operation: string, call: () => Promise<unknown>): Promise<Attempt> {
  const requestIds: string[] = [];
  try {
    await collectRequestIds(requestIds, call);
    return { outcome: "allowed", requestIds };
  } catch (error) {
    // An interruption is no answer.
    if (error instanceof Error && error.name === "AbortError") throw error;
    const failure = failureOf(error, operation);
    return { outcome: failure.kind === "denied" ? "refused" : "failed", failure, requestIds };
  }
}
