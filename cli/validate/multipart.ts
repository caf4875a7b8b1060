/** An upload in parts, as vendors send what is larger than 5 MB. Aborted if anything fails. */
import { attempt } from "./attempt";
import type { Site } from "./site";
import type { Clock, LiveResult, Party } from "./types";
import { verdict } from "./verdict";

/** The least that S3 takes for a part that is not the last one. */
const PART_BYTES = 5 * 1024 * 1024;

export async function multipart(site: Site, who: Party, clock: Clock): Promise<LiveResult> {
  const started = clock.now();
  const last = await attempt("s3:PutObject", () => upload(site, who));
  const held = { last, settled: last.outcome === "allowed", tries: 1, waitedMs: clock.now() - started, wavering: false };
  const { outcome, ...rest } = verdict("allowed", held, who);
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

async function upload(site: Site, { aws }: Party): Promise<void> {
  const object = site.newObject(site.place.keyPrefix);
  const target = { ...site.address(), Key: object.key };
  const created = await aws.call("s3:CreateMultipartUpload", target);
  // From here on, what is unfinished is aborted by the clean-up.
  object.uploadId = created.UploadId!;
  const part = { ...target, UploadId: object.uploadId };
  const bodies = [Buffer.alloc(PART_BYTES), Buffer.from("end\n")];
  const parts = [];
  for (const [index, Body] of bodies.entries()) {
    const { ETag } = await aws.call("s3:UploadPart", { ...part, PartNumber: index + 1, Body });
    parts.push({ PartNumber: index + 1, ETag });
  }
  const done = await aws.call("s3:CompleteMultipartUpload", { ...part, IfNoneMatch: "*", MultipartUpload: { Parts: parts } });
  delete object.uploadId;
  object.written = true;
  if (done.VersionId) object.versionIds.add(done.VersionId);
}
