/** Turns any error of an AWS call into a failure, with its cause and remedy from the table of causes. */

import { isBrokenHandshake } from "../call-deadlines";
import { CAUSES, type Cause, type FailureKind } from "./causes";

export interface Failure {
  /** AWS's error code, or that of the operating system. */
  readonly code: string;
  readonly status?: number;
  readonly message: string;
  readonly requestId?: string;
  /** How often the SDK sent the request. Above 1, an earlier try may have succeeded, and its answer was lost. */
  readonly attempts: number;
  readonly kind: FailureKind;
  /** ID of the entry in the table of causes; absent for an unknown error. */
  readonly causeId?: string;
  readonly cause: string;
  readonly remedy?: string;
  /** The header `x-amz-bucket-region` of the answer. */
  readonly region?: string;
  /** ID of the delete marker because of which S3 does not find the object. */
  readonly deleteMarkerId?: string;
}

interface SdkError {
  name?: string;
  code?: string;
  message?: string;
  cause?: { code?: string };
  $metadata?: { httpStatusCode?: number; requestId?: string; attempts?: number };
  $response?: { headers?: Record<string, string> };
}

/** Error names without information. */
const GENERIC_NAMES = new Set(["Error", "Unknown", "UnknownError", "AggregateError", "TypeError", "SyntaxError"]);

/** Code of an answer that is not from AWS: it has no AWS request ID. */
export const NOT_AWS = "NotAnAnswerOfAws";

/** Code of a TLS handshake that broke, whatever Node.js calls it. */
const BROKEN_HANDSHAKE = "BrokenTlsHandshake";

export function failureOf(error: unknown, operation: string): Failure {
  const thrown = (typeof error === "object" && error !== null ? error : { message: String(error) }) as SdkError;
  const status = thrown.$metadata?.httpStatusCode;
  // AWS gives each answer a request ID, errors too. The SDK names a 404 to HEAD by itself, whoever answered it.
  const isAws = thrown.$metadata?.requestId !== undefined || status === undefined || status >= 500;
  const named = [...(isBrokenHandshake(error) ? [BROKEN_HANDSHAKE] : []), thrown.name, thrown.code, thrown.cause?.code].filter(
    (code) => code !== undefined && !GENERIC_NAMES.has(code),
  ) as string[];
  // The answer to a HEAD request has no body, and so no code. If it is from AWS, the status decides.
  const codes = !isAws ? [NOT_AWS] : named.length > 0 ? named : [String(status ?? "Unknown")];
  const message = thrown.message ?? "";
  const entry = CAUSES.find((cause) => matches(cause, { codes, message, operation }));
  const code = codes[0]!;
  const region = header(thrown, "x-amz-bucket-region");
  const deleteMarkerId = header(thrown, "x-amz-delete-marker") === "true" ? header(thrown, "x-amz-version-id") : undefined;
  return {
    code,
    message,
    attempts: thrown.$metadata?.attempts ?? 1,
    kind: entry?.kind ?? (status !== undefined && status >= 500 ? "transient" : "fatal"),
    cause: entry?.cause ?? `AWS answered ${code}: ${message}`,
    ...(status === undefined ? {} : { status }),
    ...(thrown.$metadata?.requestId ? { requestId: thrown.$metadata.requestId } : {}),
    ...(entry ? { causeId: entry.id, remedy: entry.remedy } : {}),
    ...(region ? { region } : {}),
    ...(deleteMarkerId ? { deleteMarkerId } : {}),
  };
}

/** For people: `AccessDenied (HTTP 403): User: … is not authorized …`. */
export function showFailure(failure: Failure): string {
  const status = failure.status === undefined || failure.code === String(failure.status) ? "" : ` (HTTP ${failure.status})`;
  const message =
    failure.message === "" || failure.message === failure.code || failure.message === "UnknownError" ? "" : `: ${failure.message}`;
  return `${failure.code}${status}${message}`;
}

/** Texts of the SDK that say no more than the cause does. */
const REPEATS_CAUSE = /^Could not (load credentials from any providers|resolve credentials using profile)/;

/** For people: the cause, and what AWS or the SDK adds to it. */
export function showCause(failure: Failure, subject = ""): string {
  const cause = `${failure.cause}${subject}`;
  return REPEATS_CAUSE.test(failure.message) ? cause : `${cause}: ${showFailure(failure)}`;
}

interface Answer {
  readonly codes: readonly string[];
  readonly message: string;
  readonly operation: string;
}

function matches(cause: Cause, { codes, message, operation }: Answer): boolean {
  if (cause.operations && !cause.operations.includes(operation)) return false;
  return codes.some((code) => cause.codes.includes(code)) && (cause.message?.test(message) ?? true);
}

function header(error: SdkError, name: string): string | undefined {
  const headers = error.$response?.headers;
  return headers && Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
