/** Removes what a validation wrote: every version, delete marker and unfinished upload of exactly its test objects. */
import { type Failure, failureOf, showFailure } from "../aws/failure";
import type { Aws } from "../aws/operations";
import { isTestObject, type Site, type TestObject } from "./site";
import type { Clock, Leftover, Party } from "./types";

/** A broken connection or a throttle must not leave an object behind. */
const TRIES = 4;

/** Removes all test objects of a site; the first party that may, does. Returns what stayed. */
export async function cleanUp(site: Site, parties: readonly Party[], clock: Clock): Promise<Leftover[]> {
  const left: Leftover[] = [];
  for (const object of site.objects.filter((candidate) => !candidate.gone)) {
    const failure = await removeObject(site, object, parties, clock);
    if (failure === undefined) site.markGone(object);
    else left.push(leftover(site, object, failure));
  }
  return left;
}

async function removeObject(site: Site, object: TestObject, parties: readonly Party[], clock: Clock): Promise<string | undefined> {
  if (!isTestObject(object.key)) return "its name is not that of a test object";
  let reason = "nobody with the right to delete it is at hand";
  for (const { aws, title } of parties) {
    let failure: Failure | undefined;
    for (let round = 0; round < TRIES; round++) {
      if (round > 0) await clock.sleep(500 * 2 ** round);
      failure = await attempt(() => removeEverywhere(aws, site, object));
      if (failure === undefined) return undefined;
      if (failure.kind === "denied" || failure.kind === "fatal") break;
    }
    const needed =
      failure?.kind === "denied" ? " (s3:DeleteObject is needed, with versions s3:DeleteObjectVersion and s3:ListBucketVersions)" : "";
    if (failure) reason = `${title}: ${showFailure(failure)}${needed}`;
  }
  return reason;
}

async function removeEverywhere(aws: Aws, site: Site, object: TestObject): Promise<void> {
  const target = { ...site.address(), Key: object.key };
  if (object.uploadId) {
    await aws.call("s3:AbortMultipartUpload", { ...target, UploadId: object.uploadId });
    delete object.uploadId;
  }
  const listed = await versionsOf(aws, site, object);
  const versions = listed ?? [...object.versionIds];
  for (const versionId of versions.filter((id) => id !== "null")) await aws.call("s3:DeleteObject", { ...target, VersionId: versionId });
  if (versions.includes("null")) await removeNullVersion(aws, target);
  if (listed !== undefined || object.versionIds.size > 0) return;
  // Versions cannot be listed: the answer of the deletion tells whether a marker stays instead.
  const deleted = await aws.call("s3:DeleteObject", target);
  if (deleted.VersionId) await aws.call("s3:DeleteObject", { ...target, VersionId: deleted.VersionId });
}

/** In a bucket that never had versions, deleting the version `null` asks for a right that deleting the object does not. */
async function removeNullVersion(aws: Aws, target: { Bucket: string; Key: string; ExpectedBucketOwner?: string }): Promise<void> {
  const denied = await attempt(() => aws.call("s3:DeleteObject", { ...target, VersionId: "null" }));
  if (denied) await aws.call("s3:DeleteObject", target);
}

/** Ids of all versions and delete markers of the object; undefined where they may not be listed. */
async function versionsOf(aws: Aws, site: Site, { key }: TestObject): Promise<string[] | undefined> {
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

function leftover(site: Site, object: TestObject, reason: string): Leftover {
  const region = `--region ${site.region}`;
  const versions = object.versionIds.size > 0 ? [...object.versionIds].map((id) => ` --version-id ${quote(id)}`) : [""];
  const deletes = versions.map(
    (version) => `aws s3api delete-object --bucket ${quote(site.bucket)} --key ${quote(object.key)}${version} ${region}`,
  );
  const abort = object.uploadId
    ? [
        `aws s3api abort-multipart-upload --bucket ${quote(site.bucket)} --key ${quote(object.key)} --upload-id ${quote(object.uploadId)} ${region}`,
      ]
    : [];
  return { what: `s3://${site.bucket}/${object.key}`, reason, command: [...abort, ...deletes].join(" && ") };
}

/** What may be there still, with the commands, for a program that is killed before it could clean up. */
export function describeLeft(site: Site): Leftover[] {
  return site.objects.filter((object) => !object.gone).map((object) => leftover(site, object, "killed before it was removed"));
}

/** For a POSIX shell. */
export function quote(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
