import { type Failure, failureOf } from "../aws";

/** AWS's answer to one request: it was allowed, it was denied, or something else went wrong. */
export type Attempt = { readonly outcome: "allowed" } | { readonly outcome: "refused" | "failed"; readonly failure: Failure };

export async function attempt(operation: string, call: () => Promise<unknown>): Promise<Attempt> {
  try {
    await call();
    return { outcome: "allowed" };
  } catch (error) {
    // An interruption is no answer.
    if (error instanceof Error && error.name === "AbortError") throw error;
    const failure = failureOf(error, operation);
    return { outcome: failure.kind === "denied" ? "refused" : "failed", failure };
  }
}
