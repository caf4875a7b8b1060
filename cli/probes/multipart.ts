/** A multipart upload, as vendors use for objects of more than 5 MB. It is aborted if anything fails. */
import { type Aws, failureOf } from "../aws";
import { isStored, PUT_IGNORED, type TestObjects } from "../clean-up";
import type { Clock } from "../clock";
import type { Party } from "../credentials";
import type { LiveResult } from "../report/validate";
import { attempt } from "./attempt";
import { beginUpload } from "./begin-upload";
import { extraResult, outcomeOf } from "./outcome";
import { pollUntilStable } from "./poll-until-stable";
import { observers } from "./requests";

export interface MultipartOptions {
  readonly testObjects: TestObjects;
  readonly uploader: Party;
  /** Callers other than the uploader that may check whether the object exists. */
  readonly witness?: Aws;
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The smallest part that S3 accepts, except for the last one. */
const PART_BYTES = 5 * 1024 * 1024;

export async function tryMultipartUpload(options: MultipartOptions): Promise<LiveResult> {
  const { uploader, s3Ms, clock, signal } = options;
  const polling = { wanted: "allowed", deadline: clock.now() + s3Ms, confirmations: 1, clock, signal } as const;
  const poll = await pollUntilStable(() => attempt("s3:PutObject", () => upload(options)), polling);
  const step = { id: "multipart-upload", title: "an object of more than 5 MB can be put in parts", expected: "allowed" } as const;
  return extraResult(step, outcomeOf("allowed", poll, uploader));
}

async function upload({ testObjects, uploader: { aws }, witness }: MultipartOptions): Promise<void> {
  // From here on, the clean-up aborts the upload if it is not complete.
  const object = await beginUpload(aws, testObjects);
  const target = { ...testObjects.address(), Key: object.key, UploadId: object.uploadId };
  const bodies = [Buffer.alloc(PART_BYTES), Buffer.from("end\n")];
  const parts = [];
  for (const [index, Body] of bodies.entries()) {
    const { ETag } = await aws.call("s3:UploadPart", { ...target, PartNumber: index + 1, Body });
    parts.push({ PartNumber: index + 1, ETag });
  }
  try {
    const done = await aws.call("s3:CompleteMultipartUpload", { ...target, IfNoneMatch: "*", MultipartUpload: { Parts: parts } });
    if (done.VersionId) object.versionIds.add(done.VersionId);
  } catch (error) {
    // An earlier try of this request succeeded, and its answer was lost.
    const { code, causeId, attempts } = failureOf(error, "s3:CompleteMultipartUpload");
    if (attempts === 1 || !(code === "NoSuchUpload" || causeId === "precondition")) throw error;
  }
  object.written = await isStored(observers(aws, witness), testObjects, object.key);
  // Until the object is seen, the upload may still be open.
  if (!object.written) throw Object.assign(new Error(), { name: PUT_IGNORED });
  delete object.uploadId;
}
