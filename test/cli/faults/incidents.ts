/** The ways in which one request goes wrong. */
import { awsError } from "../fake-aws";
import type { Asked, Incident } from "./account";

export interface IncidentKind {
  readonly title: string;
  /** Undefined where the request is none that it happens to. */
  readonly happens: (asked: Asked) => Incident | undefined;
  /** AWS decides so: the verdict may then be a failure. */
  readonly isAnswerOfAws?: true;
}

const broken = (code: string, message = code) => Object.assign(new Error(message), { code });
/** An error as the SDK throws it for an answer that is not AWS's. */
const page = (status: number) => Object.assign(new Error("page"), { name: "NotAnAnswerOfAws", $metadata: { httpStatusCode: status } });
const refused = (name: string, status: number): Incident => ({ reachesAws: false, answer: awsError(name, status) });

const kind = (title: string, incident: () => Incident): IncidentKind => ({ title, happens: () => incident() });
const at = (operations: readonly string[], title: string, incident: () => Incident, isAnswerOfAws?: true): IncidentKind => ({
  title,
  happens: ({ operation }) => (operations.includes(operation) ? incident() : undefined),
  ...(isAnswerOfAws && { isAnswerOfAws }),
});

const NOT_DONE: Incident = { reachesAws: false, answer: {} };

export const INCIDENTS: readonly IncidentKind[] = [
  kind("the connection breaks before AWS has the request", () => ({ reachesAws: false, answer: broken("ECONNRESET") })),
  kind("the connection breaks after AWS has the request", () => ({ reachesAws: true, answer: broken("ECONNRESET", "aborted") })),
  kind("the host name is not resolved", () => ({ reachesAws: false, answer: broken("ENOTFOUND") })),
  kind("the TLS handshake fails", () => ({ reachesAws: false, answer: broken("EPROTO") })),
  kind("nothing is answered to what never arrived", () => ({ reachesAws: false, answer: "silence" })),
  kind("nothing is answered to what AWS did", () => ({ reachesAws: true, answer: "silence" })),
  kind("500 before it is done", () => refused("InternalError", 500)),
  kind("500 after it is done", () => ({ reachesAws: true, answer: awsError("InternalError", 500) })),
  kind("503 SlowDown", () => refused("SlowDown", 503)),
  kind("400 Throttling", () => refused("Throttling", 400)),
  kind("KMS throttles S3", () => refused("KMS.ThrottlingException", 503)),
  kind("a login page with status 200", () => ({ reachesAws: false, answer: page(200) })),
  kind("an answer that is cut off", () => ({ reachesAws: true, answer: page(200) })),
  kind("403 of a proxy", () => ({ reachesAws: false, answer: page(403) })),
  kind("307 TemporaryRedirect", () => refused("TemporaryRedirect", 307)),
  kind("409 OperationAborted", () => refused("OperationAborted", 409)),
  kind("301 PermanentRedirect", () => refused("PermanentRedirect", 301)),
  kind("RequestTimeTooSkewed", () => refused("RequestTimeTooSkewed", 403)),
  kind("ExpiredToken", () => refused("ExpiredToken", 400)),
  kind("400 RequestTimeout", () => refused("RequestTimeout", 400)),
  kind("503 ServiceUnavailable after it is done", () => ({ reachesAws: true, answer: awsError("ServiceUnavailable", 503) })),
  kind("SignatureDoesNotMatch", () => refused("SignatureDoesNotMatch", 403)),
  kind("InvalidAccessKeyId", () => refused("InvalidAccessKeyId", 403)),
  kind("the port is closed", () => ({ reachesAws: false, answer: broken("ECONNREFUSED") })),
  kind("the connection ends while the request is sent", () => ({ reachesAws: true, answer: broken("EPIPE") })),
  kind("the certificate belongs to another host", () => ({ reachesAws: false, answer: broken("ERR_TLS_CERT_ALTNAME_INVALID") })),
  kind("407 of a proxy", () => ({ reachesAws: false, answer: page(407) })),
  kind("502 of a gateway after it is done", () => ({ reachesAws: true, answer: page(502) })),
  at(["s3:DeleteObject", "s3:AbortMultipartUpload", "iam:DeleteRole"], "a delete that is confirmed and not done", () => NOT_DONE, true),
  at(["s3:PutObject", "s3:CompleteMultipartUpload"], "a put that is confirmed and not done", () => NOT_DONE, true),
  at(["s3:ListObjectVersions", "s3:ListMultipartUploads"], "a list that lags", () => ({ reachesAws: false, answer: {} })),
  at(["s3:HeadObject", "s3:GetObject"], "an object that is there and not found", () => refused("NoSuchKey", 404)),
  at(["s3:HeadObject"], "an object that is gone and found", () => NOT_DONE, true),
  at(["s3:HeadBucket"], "a bucket that is there and not found", () => refused("NotFound", 404), true),
  {
    title: "a bucket that is gone",
    happens: ({ operation }) => (/^s3:(?!Head|List(Buckets))/.test(operation) ? refused("NoSuchBucket", 404) : undefined),
    isAnswerOfAws: true,
  },
  at(["s3:GetBucketPolicy"], "a bucket policy that is there and not found", () => refused("NoSuchBucketPolicy", 404), true),
  at(["iam:GetRole"], "a role that is there and not found", () => refused("NoSuchEntity", 404), true),
  { ...kind("AWS denies it", () => refused("AccessDenied", 403)), isAnswerOfAws: true },
];
