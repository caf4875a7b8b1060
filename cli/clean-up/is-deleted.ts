/** Checks whether an object or an upload is gone. A successful answer to a delete does not prove it. */
import { type Aws, failureOf } from "../aws";
import { collectRequestIds } from "../request-log";
import type { TestObject, TestObjects } from "./test-objects";

/**
 * Whether no request without a version ID finds the object; undefined if none of the callers may check. A list may be out of date, so the
 * object itself is requested too.
 */
export async function isDeleted(callers: readonly Aws[], testObjects: TestObjects, key: string): Promise<boolean | undefined> {
  let isGone: true | undefined;
  for (const look of [isHiddenInVersions, isMissing])
    for (const aws of callers) {
      const found = await look(aws, testObjects, key);
      if (found === false) return false;
      isGone ??= found;
      if (found) break;
    }
  return isGone;
}

/** Whether S3 says of the bucket itself that it does not exist. A single request that finds no bucket may be wrong. */
export async function isBucketDeleted(aws: Aws, testObjects: TestObjects): Promise<boolean> {
  try {
    await aws.call("s3:HeadBucket", testObjects.address());
    return false;
  } catch (error) {
    return failureOf(error, "s3:HeadBucket").status === 404;
  }
}

/** Error code for a put that S3 confirmed and did not execute. */
export const PUT_IGNORED = "PutIgnored";

/** Whether the object that S3 confirmed is there. If no caller can check, the confirmation counts. */
export async function isStored(callers: readonly Aws[], testObjects: TestObjects, key: string): Promise<boolean> {
  return (await isDeleted(callers, testObjects, key).catch(() => undefined)) !== true;
}

/** Whether the object's upload is open; undefined if none of the callers may check. */
export async function isUploadOpen(
  callers: readonly Aws[],
  testObjects: TestObjects,
  { key, uploadId }: TestObject,
): Promise<boolean | undefined> {
  for (const aws of callers) {
    const found = await orUndefined("s3:ListMultipartUploads", async () => {
      const { Uploads = [] } = await aws.call("s3:ListMultipartUploads", { ...testObjects.address(), Prefix: key });
      return Uploads.some(({ UploadId }) => UploadId === uploadId);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

async function isHiddenInVersions(aws: Aws, testObjects: TestObjects, key: string): Promise<boolean | undefined> {
  return orUndefined("s3:ListObjectVersions", async () => {
    const { Versions = [], DeleteMarkers = [] } = await aws.call("s3:ListObjectVersions", { ...testObjects.address(), Prefix: key });
    const isCurrent = (version: { Key?: string; IsLatest?: boolean }) => version.Key === key && version.IsLatest !== false;
    return DeleteMarkers.some(isCurrent) || !Versions.some(isCurrent);
  });
}

async function isMissing(aws: Aws, testObjects: TestObjects, key: string): Promise<boolean | undefined> {
  return orUndefined("s3:HeadObject", async () => {
    try {
      await aws.call("s3:HeadObject", { ...testObjects.address(), Key: key });
      return false;
    } catch (error) {
      if (failureOf(error, "s3:HeadObject").status === 404) return true;
      throw error;
    }
  });
}

/** The answer; undefined if the caller may not ask, or the endpoint lacks the operation. */
async function orUndefined(operation: string, look: () => Promise<boolean>): Promise<boolean | undefined> {
  try {
    // The IDs of a probe are those of its own requests.
    return await collectRequestIds([], look);
  } catch (error) {
    const { kind, causeId, status } = failureOf(error, operation);
    if (kind === "denied" || causeId === "not-implemented" || status === 403 || status === 405) return undefined;
    throw error;
  }
}
