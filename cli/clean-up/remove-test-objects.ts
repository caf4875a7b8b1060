import { type Aws, type BucketAddress, type Failure, failureOf, showFailure } from "../aws";
import type { Clock } from "../clock";
import { isTestObject } from "../names";
import type { Leftover } from "../report/validate";
import { isBucketDeleted, isDeleted } from "./is-deleted";
import { REMOVAL_ATTEMPTS, waitBeforeAttempt } from "./retry";
import { quote } from "./shell";
import type { TestObject, TestObjects } from "./test-objects";

/** A caller that may have the right to delete. */
export interface Remover {
  /** For reports: `the deployer`. */
  readonly title: string;
  readonly aws: Aws;
}

/** Removes all test objects. Each removal is tried by one remover after the other. Returns what remains. */
export async function removeTestObjects(testObjects: TestObjects, removers: readonly Remover[], clock: Clock): Promise<Leftover[]> {
  let left: Leftover[] = [];
  for (let attempt = 0; attempt < REMOVAL_ATTEMPTS; attempt++) {
    const remaining = testObjects.objects.filter(({ gone }) => !gone);
    if (remaining.length === 0) return [];
    // A denial is retried too: the right to delete may not have propagated yet.
    await waitBeforeAttempt(attempt, clock);
    const removals = await Promise.all(
      remaining.map(async (object) => ({
        object,
        ...(await removeObject(testObjects, object, { removers, isLast: attempt === REMOVAL_ATTEMPTS - 1 })),
      })),
    );
    for (const { object, reason } of removals) if (reason === undefined) testObjects.markGone(object);
    left = removals.flatMap(({ object, reason }) => (reason === undefined ? [] : [leftover(testObjects, object, reason)]));
    if (removals.every(({ reason, final }) => reason === undefined || final)) break;
  }
  return left;
}

interface Removal {
  /** Why the object remains; absent if it was removed. */
  readonly reason?: string;
  /** Another attempt would not help. */
  readonly final?: boolean;
}

interface RemovalAttempt {
  readonly removers: readonly Remover[];
  readonly isLast: boolean;
}

async function removeObject(testObjects: TestObjects, object: TestObject, { removers, isLast }: RemovalAttempt): Promise<Removal> {
  if (!isTestObject(object.key)) return { reason: "its name is not that of a test object", final: true };
  let removal = { reason: "no caller with the right to delete it is available", final: true };
  for (const { aws, title } of removers) {
    const failure = await attempt(() => removeAllVersions(aws, testObjects, object));
    if (failure === undefined) {
      if (!(await isStillThere(removers, testObjects, object))) return {};
      removal = { reason: `${title}: AWS answered that it deleted the object, but the object is still there`, final: false };
      continue;
    }
    // A new bucket may not be visible everywhere yet. If the last attempt still finds no bucket, everything in it is gone.
    if (isLast && failure.causeId === "no-such-bucket" && (await isBucketDeleted(aws, testObjects))) return {};
    const uploads = object.inParts ? ", for multipart uploads s3:AbortMultipartUpload and s3:ListBucketMultipartUploads" : "";
    const needed =
      failure.kind === "denied"
        ? ` (s3:DeleteObject is needed, with versions s3:DeleteObjectVersion and s3:ListBucketVersions${uploads})`
        : "";
    removal = { reason: `${title}: ${showFailure(failure)}${needed}`, final: removal.final && failure.kind === "fatal" };
  }
  return removal;
}

/** Whether the object certainly exists after a delete that AWS answered with success. */
async function isStillThere(removers: readonly Remover[], testObjects: TestObjects, object: TestObject): Promise<boolean> {
  const callers = removers.map(({ aws }) => aws);
  return (await isDeleted(callers, testObjects, object.key).catch(() => undefined)) === false;
}

async function removeAllVersions(aws: Aws, testObjects: TestObjects, object: TestObject): Promise<void> {
  const target = { ...testObjects.address(), Key: object.key };
  await abortUploads(aws, testObjects, object);
  const listed = await versionsOf(aws, testObjects, object);
  for (const versionId of new Set([...(listed ?? []), ...object.versionIds])) {
    if (versionId === "null") await removeNullVersion(aws, target);
    else await aws.call("s3:DeleteObject", { ...target, VersionId: versionId });
  }
  if (listed?.length) await requireNoVersions(aws, testObjects, object);
  // An empty list may lag behind, so the object itself is asked for.
  else await removeUnlisted(aws, target, { isVersioned: object.versionIds.size > 0, isListed: listed !== undefined, object });
}

/** S3 may confirm a deletion and keep the object, for example behind a proxy. */
async function requireNoVersions(aws: Aws, testObjects: TestObjects, object: TestObject): Promise<void> {
  const remaining = await versionsOf(aws, testObjects, object);
  for (const id of remaining ?? []) if (id !== "null") object.versionIds.add(id);
  if (remaining?.length) throw Object.assign(new Error("S3 confirmed the deletion, and still lists the object"), { name: "StillListed" });
}

/** The most versions and delete markers that lost answers can have added. */
const MOST_UNLISTED = 10;

/**
 * Without the right to list versions, a request without a version ID shows the newest one: the object, or a delete marker. Each is deleted
 * by its ID, so that no further delete marker comes into being.
 */
async function removeUnlisted(aws: Aws, target: Target, { isVersioned, isListed, object }: Unlisted): Promise<void> {
  for (let count = 0; count < MOST_UNLISTED; count++) {
    const newest = await newestVersion(aws, target);
    if (newest === "none") return;
    if (newest === "unreadable") {
      // The versions whose IDs are known are gone. In a bucket that never had versions, nothing else can be there.
      if (!isVersioned && !isListed) await deleteUnread(aws, target);
      else if (!isVersioned && object.written) await removeNullVersion(aws, target);
      return;
    }
    if (newest.versionId === undefined || newest.versionId === "null") await removeNullVersion(aws, target);
    else await aws.call("s3:DeleteObject", { ...target, VersionId: newest.versionId });
  }
  throw Object.assign(new Error("S3 confirmed each deletion, and still finds the object"), { name: "StillListed" });
}

interface Unlisted {
  /** IDs of versions are known. */
  readonly isVersioned: boolean;
  /** The list could be read, and does not show the object. */
  readonly isListed: boolean;
  readonly object: TestObject;
}

/** Only the answer shows whether the request deleted the object or added a delete marker, which is then ours. */
async function deleteUnread(aws: Aws, target: Target): Promise<void> {
  const deleted = await aws.call("s3:DeleteObject", target);
  if (!deleted.DeleteMarker) return;
  await aws.call("s3:DeleteObject", { ...target, VersionId: deleted.VersionId });
  throw Object.assign(new Error("the bucket has versions, and they can neither be listed nor read"), { name: "VersionsUnreadable" });
}

type Target = BucketAddress & { readonly Key: string };

/** What S3 finds without a version ID. `unreadable`: the caller may not read the object. */
async function newestVersion(aws: Aws, target: Target): Promise<{ readonly versionId: string | undefined } | "none" | "unreadable"> {
  try {
    const found = await aws.call("s3:GetObject", target);
    await found.Body?.transformToByteArray();
    return { versionId: found.VersionId };
  } catch (error) {
    const failure = failureOf(error, "s3:GetObject");
    if (failure.deleteMarkerId !== undefined) return { versionId: failure.deleteMarkerId };
    if (failure.causeId === "no-such-key") return "none";
    if (failure.kind === "denied") return "unreadable";
    throw error;
  }
}

/** Aborts the upload whose ID is known. If the answer to CreateMultipartUpload was lost, aborts every open upload for the key. */
async function abortUploads(aws: Aws, testObjects: TestObjects, object: TestObject): Promise<void> {
  const target = { ...testObjects.address(), Key: object.key };
  const open = new Set(object.uploadId === undefined ? [] : [object.uploadId]);
  if (object.inParts) {
    const listed = await aws.call("s3:ListMultipartUploads", { ...testObjects.address(), Prefix: object.key });
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

/** Deleting the version `null` needs s3:DeleteObjectVersion. In a bucket that never had versions, s3:DeleteObject is enough. */
async function removeNullVersion(aws: Aws, target: Target): Promise<void> {
  const failure = await attempt(() => aws.call("s3:DeleteObject", { ...target, VersionId: "null" }));
  if (failure) await aws.call("s3:DeleteObject", target);
}

/** IDs of all versions and delete markers of the object; undefined if the caller may not list them. */
async function versionsOf(aws: Aws, testObjects: TestObjects, { key }: TestObject): Promise<string[] | undefined> {
  try {
    const page = await aws.call("s3:ListObjectVersions", { ...testObjects.address(), Prefix: key });
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

function leftover(testObjects: TestObjects, object: TestObject, reason: string): Leftover {
  const [region, bucket, key] = [`--region ${quote(testObjects.region)}`, `--bucket ${quote(testObjects.bucket)}`, quote(object.key)];
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
  const doubt = object.written ? "" : "it may not exist: ";
  return { what: `s3://${testObjects.bucket}/${object.key}`, reason: `${doubt}${reason}`, command: [...uploads, ...deletes].join(" && ") };
}

/** The test objects that may remain if the program is killed now, with the commands that remove them. */
export function describeTestObjects(testObjects: TestObjects): Leftover[] {
  return testObjects.objects
    .filter((object) => !object.gone)
    .map((object) => leftover(testObjects, object, "killed before it was removed"));
}
