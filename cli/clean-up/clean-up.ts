import { type Aws, type Failure, failureOf, showFailure } from "../aws";
import type { Clock, Leftover, Party } from "../report/validate/types";
import { isTestObject, type TestObject, type TestObjects } from "./test-objects";

/** A broken connection or a throttle must not leave an object behind. */
const TRIES = 4;

/** Removes all test objects of a site; the first party that may, does. Returns what stayed. */
export async function cleanUp(site: TestObjects, parties: readonly Party[], clock: Clock): Promise<Leftover[]> {
  let left: Leftover[] = [];
  for (let round = 0; round < TRIES; round++) {
    const there = site.objects.filter(({ gone }) => !gone);
    if (there.length === 0) return [];
    // A refusal may be one of rights that are still spreading, like any other.
    if (round > 0) await clock.sleep(500 * 2 ** round);
    const stayed = await Promise.all(there.map(async (object) => ({ object, ...(await removeObject(site, object, parties)) })));
    for (const { object, reason } of stayed) if (reason === undefined) site.markGone(object);
    left = stayed.flatMap(({ object, reason }) => (reason === undefined ? [] : [leftover(site, object, reason)]));
    if (stayed.every(({ reason, final }) => reason === undefined || final)) break;
  }
  return left;
}

/** Why the object stays, if it does, and whether asking again is of no use. */
async function removeObject(
  site: TestObjects,
  object: TestObject,
  parties: readonly Party[],
): Promise<{ readonly reason?: string; readonly final?: boolean }> {
  if (!isTestObject(object.key)) return { reason: "its name is not that of a test object", final: true };
  let stays = { reason: "nobody with the right to delete it is at hand", final: true };
  for (const { aws, title } of parties) {
    const failure = await attempt(() => removeEverywhere(aws, site, object));
    if (failure === undefined) return {};
    const uploads = object.inParts ? ", for uploads in parts s3:AbortMultipartUpload and s3:ListBucketMultipartUploads" : "";
    const needed =
      failure.kind === "denied"
        ? ` (s3:DeleteObject is needed, with versions s3:DeleteObjectVersion and s3:ListBucketVersions${uploads})`
        : "";
    stays = { reason: `${title}: ${showFailure(failure)}${needed}`, final: stays.final && failure.kind === "fatal" };
  }
  return stays;
}

async function removeEverywhere(aws: Aws, site: TestObjects, object: TestObject): Promise<void> {
  const target = { ...site.address(), Key: object.key };
  await abortUploads(aws, site, object);
  const listed = await versionsOf(aws, site, object);
  const versions = listed ?? [...object.versionIds];
  for (const versionId of versions.filter((id) => id !== "null")) await aws.call("s3:DeleteObject", { ...target, VersionId: versionId });
  if (versions.includes("null")) await removeNullVersion(aws, target);
  if (listed !== undefined || object.versionIds.size > 0) return;
  // Versions cannot be listed: the answer of the deletion tells whether it has only put a marker before a version.
  const deleted = await aws.call("s3:DeleteObject", target);
  if (!deleted.DeleteMarker) return;
  await aws.call("s3:DeleteObject", { ...target, VersionId: deleted.VersionId });
  const behind = await currentVersion(aws, target);
  if (behind !== undefined) await aws.call("s3:DeleteObject", { ...target, VersionId: behind });
}

interface Target {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner?: string;
}

/** The id of the version that its key shows; undefined where there is none. */
async function currentVersion(aws: Aws, target: Target): Promise<string | undefined> {
  try {
    const found = await aws.call("s3:GetObject", target);
    await found.Body?.transformToByteArray();
    return found.VersionId;
  } catch (error) {
    if (failureOf(error, "s3:GetObject").causeId === "no-such-key") return undefined;
    throw error;
  }
}

/** Aborts the upload whose id is known, and where the answer to its begin was lost, whatever is open under the key. */
async function abortUploads(aws: Aws, site: TestObjects, object: TestObject): Promise<void> {
  const target = { ...site.address(), Key: object.key };
  const open = new Set(object.uploadId === undefined ? [] : [object.uploadId]);
  if (object.inParts) {
    const listed = await aws.call("s3:ListMultipartUploads", { ...site.address(), Prefix: object.key });
    for (const { Key, UploadId } of listed.Uploads ?? []) if (Key === object.key && UploadId) open.add(UploadId);
  }
  for (const UploadId of open) {
    try {
      await aws.call("s3:AbortMultipartUpload", { ...target, UploadId });
    } catch (error) {
      if (failureOf(error, "s3:AbortMultipartUpload").code !== "NoSuchUpload") throw error;
    }
  }
  delete object.uploadId;
  object.inParts = false;
}

/** In a bucket that never had versions, deleting the version `null` asks for a right that deleting the object does not. */
async function removeNullVersion(aws: Aws, target: Target): Promise<void> {
  const denied = await attempt(() => aws.call("s3:DeleteObject", { ...target, VersionId: "null" }));
  if (denied) await aws.call("s3:DeleteObject", target);
}

/** Ids of all versions and delete markers of the object; undefined where they may not be listed. */
async function versionsOf(aws: Aws, site: TestObjects, { key }: TestObject): Promise<string[] | undefined> {
  try {
    const page = await aws.call("s3:ListObjectVersions", { ...site.address(), Prefix: key });
    return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      .filter((version) => version.Key === key)
      .map((version) => version.VersionId ?? "null");
  } catch (error) {
    const failure = failureOf(error, "s3:ListObjectVersions");
    if (failure.kind === "denied" || failure.causeId === "not-implemented") return undefined;
    throw error;
  }
}

async function attempt(call: () => Promise<unknown>): Promise<Failure | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return failureOf(error, "s3:DeleteObject");
  }
}

function leftover(site: TestObjects, object: TestObject, reason: string): Leftover {
  const [region, bucket, key] = [`--region ${site.region}`, `--bucket ${quote(site.bucket)}`, quote(object.key)];
  const versions = object.versionIds.size > 0 ? [...object.versionIds].map((id) => ` --version-id ${quote(id)}`) : [""];
  const deletes = versions.map((version) => `aws s3api delete-object ${bucket} --key ${key}${version} ${region}`);
  const abort = (id: string) => `aws s3api abort-multipart-upload ${bucket} --key ${key} --upload-id ${id} ${region}`;
  const uploads = object.inParts
    ? [
        `for u in $(aws s3api list-multipart-uploads ${bucket} --prefix ${key} ${region} --query 'Uploads[].UploadId' --output text); do ${abort('"$u"')}; done`,
      ]
    : object.uploadId === undefined
      ? []
      : [abort(quote(object.uploadId))];
  const doubt = object.written ? "" : "it cannot be told whether it is there: ";
  return { what: `s3://${site.bucket}/${object.key}`, reason: `${doubt}${reason}`, command: [...uploads, ...deletes].join(" && ") };
}

/** What may be there still, with the commands, for a program that is killed before it could clean up. */
export function describeLeft(site: TestObjects): Leftover[] {
  return site.objects.filter((object) => !object.gone).map((object) => leftover(site, object, "killed before it was removed"));
}

/** For a POSIX shell. */
export function quote(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
