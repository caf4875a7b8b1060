/** Finds test objects and unfinished uploads that are in no journal, in all folders that a contract names. */
import type { DeliveryContract } from "../../lib/contract";
import type { Aws, BucketAddress } from "../aws";
import { folderOf, isTestObject, TEST_OBJECT_PREFIX } from "../names";

export interface FoundTestObject {
  readonly inParts: boolean;
  /** When the newest of its versions or uploads was written. */
  readonly newest: number;
}

/** By key. */
export async function findTestObjects(
  { bucket, keyPrefix, expectations }: DeliveryContract,
  aws: Aws,
): Promise<Map<string, FoundTestObject>> {
  const keys = expectations
    .filter(({ resource }) => resource.startsWith(`${bucket.arn}/`))
    .map(({ resource }) => resource.slice(bucket.arn.length + 1));
  const folders = new Set([keyPrefix, folderOf(keyPrefix), ...keys.map(folderOf)]);
  const found = new Map<string, FoundTestObject>();
  const note = (key: string | undefined, at: Date | undefined, inParts: boolean) => {
    if (key === undefined || !isTestObject(key)) return;
    const before = found.get(key);
    found.set(key, { inParts: inParts || (before?.inParts ?? false), newest: Math.max(before?.newest ?? 0, at?.getTime() ?? 0) });
  };
  for (const folder of folders) {
    const input = { Bucket: bucket.name, Prefix: `${folder}${TEST_OBJECT_PREFIX}` };
    for (const { Key, LastModified } of await allVersions(aws, input)) note(Key, LastModified, false);
    for (const { Key, Initiated } of await allUploads(aws, input)) note(Key, Initiated, true);
  }
  return found;
}

type Search = BucketAddress & { readonly Prefix: string };

async function allVersions(aws: Aws, input: Search) {
  const versions = [];
  let markers = {};
  for (;;) {
    const page = await aws.call("s3:ListObjectVersions", { ...input, ...markers });
    versions.push(...(page.Versions ?? []), ...(page.DeleteMarkers ?? []));
    if (!page.IsTruncated) return versions;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function allUploads(aws: Aws, input: Search) {
  const uploads = [];
  let markers = {};
  for (;;) {
    const page = await aws.call("s3:ListMultipartUploads", { ...input, ...markers });
    uploads.push(...(page.Uploads ?? []));
    if (!page.IsTruncated) return uploads;
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}
