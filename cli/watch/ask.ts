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

/** A call without a signal is waited for: what was sent may change something. */
export async function ask<N extends OperationName>(
  aws: Aws,
  operation: N,
  input: Operations[N][0],
  signal?: AbortSignal,
): Promise<Operations[N][1]> {
  try {
    return await aws.call(operation, input, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw new OperationError(operation, error);
  }
}
