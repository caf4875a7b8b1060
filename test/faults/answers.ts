/** AWS's errors as it words them, and the ways in which requests go wrong. */
import { randomUUID } from "node:crypto";
import type { Answer, Asked, Fault, Mishap } from "./proxy";

/** An error in the shape of the service that was asked. */
export function error({ operation, method }: Asked, status: number, code: string, headers: Answer["headers"] = {}): Answer {
  const requestId = randomUUID();
  const type = { "content-type": operation.startsWith("s3:") ? "application/xml" : "text/xml" };
  const said = `<Code>${code}</Code><Message>${MESSAGES[code] ?? code}</Message>`;
  const body = operation.startsWith("s3:")
    ? `<?xml version="1.0" encoding="UTF-8"?><Error>${said}<RequestId>${requestId}</RequestId></Error>`
    : `<ErrorResponse><Error><Type>Sender</Type>${said}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status, headers: { "x-amz-request-id": requestId, ...type, ...headers }, body: method === "HEAD" ? "" : body };
}

const MESSAGES: Readonly<Record<string, string>> = {
  AccessDenied: "Access Denied",
  NoSuchBucket: "The specified bucket does not exist",
  NoSuchKey: "The specified key does not exist.",
  SlowDown: "Please reduce your request rate.",
  Throttling: "Rate exceeded",
  RequestTimeTooSkewed: "The difference between the request time and the current time is too large.",
};

export const refused = (asked: Asked, status: number, code: string, headers?: Answer["headers"]): Mishap => ({
  reachesAws: false,
  answer: error(asked, status, code, headers),
});
export const BROKEN_BEFORE: Mishap = { reachesAws: false, answer: "broken" };
export const BROKEN_AFTER: Mishap = { reachesAws: true, answer: "broken" };

/** Requests for these operations, or all of a service: `s3:`. */
export function on(operations: string | readonly string[], mishap: (asked: Asked) => Mishap | undefined): Fault {
  const names = typeof operations === "string" ? [operations] : operations;
  return (asked) =>
    names.some((name) => asked.operation === name || (name.endsWith(":") && asked.operation.startsWith(name))) ? mishap(asked) : undefined;
}

/** The first requests for each of these operations. */
export function first(times: number, operations: string | readonly string[], mishap: (asked: Asked) => Mishap | undefined): Fault {
  return on(operations, (asked) => (asked.nth <= times ? mishap(asked) : undefined));
}

/** Requests until this time after the first one. */
export function until(ms: number, operations: string | readonly string[], mishap: (asked: Asked) => Mishap | undefined): Fault {
  return on(operations, (asked) => (asked.at < ms ? mishap(asked) : undefined));
}
