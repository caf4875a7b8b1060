import { type Aws, failureOf, type OperationName, type Operations, rightFor, showFailure } from "../aws";

export class OperationError extends Error {
  constructor(
    readonly operation: OperationName,
    override readonly cause: unknown,
  ) {
    const failure = failureOf(cause, operation);
    super(`${failure.kind === "denied" ? `${rightFor(operation)} is needed: ` : `${operation}: `}${showFailure(failure)}`);
  }

  get code(): string {
    return failureOf(this.cause, this.operation).code;
  }
}

export interface Asker {
  readonly aws: Aws;
  /** Absent for requests that change something: their answer is always awaited. */
  readonly signal?: AbortSignal;
}

export async function ask<N extends OperationName>(
  { aws, signal }: Asker,
  operation: N,
  input: Operations[N][0],
): Promise<Operations[N][1]> {
  try {
    return await aws.call(operation, input, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw new OperationError(operation, error);
  }
}

/** Whether a later try may succeed: not where a right or a credential is missing. */
export function isTransient(error: unknown): boolean {
  return error instanceof OperationError && failureOf(error.cause, error.operation).kind === "transient";
}

/** What went wrong, for people. An interruption is thrown again. */
export function showError(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return error instanceof OperationError ? error.message : showFailure(failureOf(error, ""));
}
