/** Looks whether an object is gone: an answer of success to a delete does not prove it. */
import { type Aws, failureOf } from "../aws";
import type { TestObjects } from "./test-objects";

/** Whether no request without a version ID finds the object; undefined if none of the callers may look. */
export async function isDeleted(callers: readonly Aws[], testObjects: TestObjects, key: string): Promise<boolean | undefined> {
  for (const look of [isHiddenInVersions, isMissing])
    for (const aws of callers) {
      const found = await look(aws, testObjects, key);
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
    return await look();
  } catch (error) {
    const { kind, causeId, status } = failureOf(error, operation);
    if (kind === "denied" || causeId === "not-implemented" || status === 403 || status === 405) return undefined;
    throw error;
  }
}
