/** Whether the data of a flow comes from a bucket. */
import type { PlannedBucket } from "../../plan";
import { hasUnknown, nameUnknown, unknownsIn } from "../../unknown";

/** All buckets of an account, in S3 Access Grants. */
const EVERY_BUCKET = /^s3:\/\/\*?$/;

const BUCKET_REFERENCE = /(?:^|, from |, |\.)((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_s3_bucket\.[\w-]+(?:\[[^\]]*\])?)/g;

/** Whether the text names the bucket: by its name, ARN or URL, or by a reference to its resource. */
export function namesBucket(source: string, bucket: PlannedBucket): boolean {
  if (EVERY_BUCKET.test(source)) return true;
  if (!hasUnknown(bucket.name) && containsName(source, bucket.name)) return true;
  if (hasUnknown(bucket.name) && source.includes(bucket.name)) return true;
  return referencesIn(source).some((address) => isSame(address, bucket.address));
}

/** Whether the text may name the bucket, because a part of it is unknown and does not refer to another bucket. */
export function mayNameBucket(source: string, bucket: PlannedBucket): boolean {
  if (namesBucket(source, bucket)) return true;
  return unknownsIn(source).some(
    (unknown) =>
      addressesIn(unknown).length === 0 && !/^account( of .*)?$|\baws_(iam_role|caller_identity|region|partition)\b/.test(unknown),
  );
}

function referencesIn(source: string): string[] {
  return unknownsIn(source).flatMap(addressesIn);
}

function addressesIn(unknown: string): string[] {
  return [...unknown.matchAll(BUCKET_REFERENCE)].map((match) => match[1]!);
}

/** Whether a reference means the resource, whichever of its instances. */
function isSame(reference: string, address: string): boolean {
  const withoutKeys = (text: string) => text.replace(/\[[^\]]*\]/g, "");
  return withoutKeys(reference) === withoutKeys(address);
}

/** Whether the name stands in the text by itself: `acme-logs` is not in `acme-logs-archive`, but in `acme-logs.s3.amazonaws.com`. */
function containsName(text: string, name: string): boolean {
  const shown = nameUnknown(text);
  for (let at = shown.indexOf(name); at >= 0; at = shown.indexOf(name, at + 1)) {
    const before = shown[at - 1] ?? " ";
    const after = shown.slice(at + name.length);
    if (!/[\w.-]/.test(before) && (!/^[\w.-]/.test(after) || /^\.s3[.-]/.test(after))) return true;
  }
  return false;
}
