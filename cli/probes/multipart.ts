/** An upload in parts, as vendors send what is larger than 5 MB. Aborted if anything fails. */
import { failureOf } from "../aws";
import type { TestObjects } from "../clean-up";
import type { Clock, LiveResult, Party } from "../report/validate/types";
import { attempt } from "./attempt";
import { verdict } from "./outcome";
import { pollUntilStable } from "./poll-until-stable";
import { beginUpload } from "./requests";

export interface MultipartOptions {
  readonly site: TestObjects;
  readonly who: Party;
  readonly s3Ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The least that S3 takes for a part that is not the last one. */
const PART_BYTES = 5 * 1024 * 1024;

export async function multipart({ site, who, s3Ms, clock, signal }: MultipartOptions): Promise<LiveResult> {
  const wait = { wanted: "allowed", deadline: clock.now() + s3Ms, inARow: 1, clock, signal } as const;
  const held = await pollUntilStable(() => attempt("s3:PutObject", () => upload(site, who)), wait);
  const { outcome, wavering: _, ...rest } = verdict("allowed", held, who);
  return {
    id: "multipart-upload",
    title: "an object of more than 5 MB can be put in parts",
    kind: "extra",
    expected: "allowed",
    outcome,
    deciding: [],
    ...(outcome === "unknown" ? {} : { evidence: who.evidence ?? "performed" }),
    ...rest,
  };
}

async function upload(site: TestObjects, { aws }: Party): Promise<void> {
  // From here on, what is unfinished is aborted by the clean-up.
  const object = await beginUpload(aws, site);
  const part = { ...site.address(), Key: object.key, UploadId: object.uploadId };
  const bodies = [Buffer.alloc(PART_BYTES), Buffer.from("end\n")];
  const parts = [];
  for (const [index, Body] of bodies.entries()) {
    const { ETag } = await aws.call("s3:UploadPart", { ...part, PartNumber: index + 1, Body });
    parts.push({ PartNumber: index + 1, ETag });
  }
  const whole = { ...part, IfNoneMatch: "*", MultipartUpload: { Parts: parts } };
  try {
    const done = await aws.call("s3:CompleteMultipartUpload", whole);
    if (done.VersionId) object.versionIds.add(done.VersionId);
  } catch (error) {
    // An earlier try of this request was answered, and its answer was lost.
    const { code, causeId, attempts } = failureOf(error, "s3:CompleteMultipartUpload");
    if (attempts === 1 || !(code === "NoSuchUpload" || causeId === "precondition")) throw error;
  }
  delete object.uploadId;
  object.written = true;
}
