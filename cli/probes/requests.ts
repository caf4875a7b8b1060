/**
 * One request for each action that a contract may speak of, made so that it does no harm whether AWS allows it or not.
 *
 * Objects are only ever read, changed or deleted if a validation wrote them. An action whose success would change the bucket itself
 * (DeleteBucket, PutBucketAcl, …) has no probe: the policies are evaluated instead.
 */
import type { DeliveryContract, Expectation } from "../../lib/contract";
import { type Aws, type CallOptions, type Failure, failureOf } from "../aws";
import { folderOf, type TestObject, type TestObjects } from "../clean-up";

export interface ProbeInput {
  readonly aws: Aws;
  readonly site: TestObjects;
  readonly expectation: Expectation;
  readonly options: CallOptions;
}

interface Probe {
  /** Order among the requests that must be allowed: what comes later needs what came before. */
  readonly rank: number;
  /** Needs a test object that is there. */
  readonly needsObject: boolean;
  run(input: ProbeInput): Promise<void>;
}

const BODY = "This object was written by `vendor-destination validate` to prove that deliveries work. It is safe to delete.\n";

/** S3 refuses this before it stores anything: a policy must be JSON. So the request changes nothing, even where it is allowed. */
const NOT_A_POLICY = "vendor-destination validate: not a policy";

/** Condition keys that a request can be made to have, and the input that sets them. */
const INPUT_OF_KEY: Readonly<Record<string, string>> = {
  "s3:x-amz-acl": "ACL",
  "s3:x-amz-server-side-encryption": "ServerSideEncryption",
  "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
  "s3:x-amz-storage-class": "StorageClass",
  "s3:prefix": "Prefix",
  "s3:delimiter": "Delimiter",
};

/** Keys that are dealt with elsewhere. */
const OTHER_KEYS = ["aws:securetransport", "sts:externalid", "sts:rolesessionname"];

const PROBES: Readonly<Record<string, Probe>> = {
  "s3:ListBucket": reading(({ aws, site, expectation, options }) =>
    aws.call("s3:ListObjectsV2", { ...site.address(), Prefix: site.place.keyPrefix, MaxKeys: 1, ...inputs(expectation) }, options),
  ),
  "s3:ListBucketVersions": reading(({ aws, site, options }) =>
    aws.call("s3:ListObjectVersions", { ...site.address(), Prefix: site.place.keyPrefix, MaxKeys: 1 }, options),
  ),
  "s3:ListBucketMultipartUploads": reading(({ aws, site, options }) =>
    aws.call("s3:ListMultipartUploads", { ...site.address(), Prefix: site.place.keyPrefix, MaxUploads: 1 }, options),
  ),
  "s3:GetBucketLocation": reading(({ aws, site, options }) => aws.call("s3:GetBucketLocation", site.address(), options)),
  "s3:GetBucketPolicy": reading(({ aws, site, options }) => aws.call("s3:GetBucketPolicy", site.address(), options)),
  "s3:GetBucketAcl": reading(({ aws, site, options }) => aws.call("s3:GetBucketAcl", site.address(), options)),
  "s3:GetBucketVersioning": reading(({ aws, site, options }) => aws.call("s3:GetBucketVersioning", site.address(), options)),
  "s3:GetEncryptionConfiguration": reading(({ aws, site, options }) => aws.call("s3:GetBucketEncryption", site.address(), options)),
  "s3:GetBucketPublicAccessBlock": reading(({ aws, site, options }) => aws.call("s3:GetPublicAccessBlock", site.address(), options)),
  "s3:PutBucketPolicy": reading(putNoPolicy),
  "s3:PutObject": { rank: 2, needsObject: false, run: putObject },
  "s3:PutObjectAcl": onObject(3, ({ aws, site, expectation, options }, { key }) =>
    aws.call("s3:PutObjectAcl", { ...site.address(), Key: key, ACL: "bucket-owner-full-control", ...inputs(expectation) }, options),
  ),
  "s3:GetObject": onObject(3, async ({ aws, site, options }, { key }) => {
    const answer = await aws.call("s3:GetObject", { ...site.address(), Key: key }, options);
    await answer.Body?.transformToByteArray();
  }),
  "s3:GetObjectAcl": onObject(3, ({ aws, site, options }, { key }) =>
    aws.call("s3:GetObjectAcl", { ...site.address(), Key: key }, options),
  ),
  "s3:GetObjectTagging": onObject(3, ({ aws, site, options }, { key }) =>
    aws.call("s3:GetObjectTagging", { ...site.address(), Key: key }, options),
  ),
  "s3:PutObjectTagging": onObject(3, ({ aws, site, options }, { key }) =>
    aws.call("s3:PutObjectTagging", { ...site.address(), Key: key, Tagging: { TagSet: [] } }, options),
  ),
  "s3:AbortMultipartUpload": { rank: 4, needsObject: false, run: abortUpload },
  "s3:DeleteObject": onObject(5, deleteObject),
};

/** S3's complaint about the text does not tell whether the right was there. */
async function putNoPolicy({ aws, site }: ProbeInput): Promise<void> {
  try {
    await aws.call("s3:PutBucketPolicy", { ...site.address(), Policy: NOT_A_POLICY });
  } catch (error) {
    if (failureOf(error, "s3:PutBucketPolicy").code !== "MalformedPolicy") throw error;
    throw Object.assign(new Error(), { name: "TextRefused" });
  }
}

function reading(call: (input: ProbeInput) => Promise<unknown>): Probe {
  return { rank: 1, needsObject: false, run: async (input) => void (await call(input)) };
}

function onObject(rank: number, call: (input: ProbeInput, object: TestObject) => Promise<unknown>): Probe {
  return {
    rank,
    needsObject: true,
    run: async (input) => {
      const object = input.site.present() ?? input.site.objects.at(-1);
      if (!object) throw new Error(`no test object to try ${input.expectation.action} on`);
      await call(input, object);
    },
  };
}

/** The probe for an expectation at the bucket, or why there is none. */
export function probeFor(expectation: Expectation, bucketArn: string): Probe | { readonly why: string } {
  const probe = PROBES[expectation.action];
  if (!probe) return { why: `${expectation.action} is not tried: there is no request for it that is sure to change nothing` };
  if (expectation.resource !== bucketArn && !expectation.resource.startsWith(`${bucketArn}/`))
    return { why: "not tried: the request would go to a bucket that is not this contract's" };
  const beyond = Object.keys(expectation.context).filter(
    (key) => !(key.toLowerCase() in INPUT_OF_KEY) && !OTHER_KEYS.includes(key.toLowerCase()),
  );
  if (beyond.length > 0) return { why: `not tried: a request cannot be made to have ${beyond.join(", ")}` };
  return probe;
}

/** Whether the expectation is about a request over plain HTTP. */
export function isPlainHttp(expectation: Expectation): boolean {
  return contextValue(expectation, "aws:securetransport") === "false";
}

export function contextValue(expectation: Expectation, key: string): string | undefined {
  const entry = Object.entries(expectation.context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  const value = entry?.[1];
  return typeof value === "string" ? value : value?.[0];
}

/** Writes a test object into the folder that the expectation's sample key names. Never overwrites. */
export async function putObject(input: ProbeInput): Promise<void> {
  const { aws, site, expectation, options } = input;
  const object = site.newObject(folderOf(expectation.resource.slice(site.place.bucket.arn.length + 1)));
  const put = { ...site.address(), Key: object.key, Body: BODY, ContentType: "text/plain", IfNoneMatch: "*", ...inputs(expectation) };
  try {
    // No signal: what was sent may arrive, so its answer is waited for.
    const written = await aws.call("s3:PutObject", put, options.plainHttp ? { plainHttp: true } : {});
    object.written = true;
    if (written.VersionId) object.versionIds.add(written.VersionId);
  } catch (error) {
    const failure = failureOf(error, "s3:PutObject");
    // Nobody else has this name: an earlier try of this request was answered, and its answer was lost.
    if (failure.causeId === "precondition") object.written = true;
    else {
      if (isRefusal(failure)) site.markGone(object);
      throw error;
    }
  }
}

/** S3 has not taken what it was sent. After anything else (a broken connection, an error of the server, a second try) it may have. */
function isRefusal({ status = 0, attempts, code, causeId }: Failure): boolean {
  return attempts === 1 && status >= 300 && status < 500 && code !== "RequestTimeout" && causeId !== "not-aws";
}

async function deleteObject({ aws, site, options }: ProbeInput, object: TestObject): Promise<void> {
  const deleted = await aws.call("s3:DeleteObject", { ...site.address(), Key: object.key }, options.plainHttp ? { plainHttp: true } : {});
  if (deleted.VersionId) object.versionIds.add(deleted.VersionId);
  // In a bucket that has or had versions, the object is only hidden behind a delete marker.
  if (deleted.DeleteMarker) object.hidden = true;
  else if (object.versionIds.size === 0) site.markGone(object);
}

async function abortUpload({ aws, site }: ProbeInput): Promise<void> {
  const object = await beginUpload(aws, site);
  try {
    await aws.call("s3:AbortMultipartUpload", { ...site.address(), Key: object.key, UploadId: object.uploadId });
  } catch (error) {
    // An earlier try of this request was answered, and its answer was lost.
    const { code, attempts } = failureOf(error, "s3:AbortMultipartUpload");
    if (code !== "NoSuchUpload" || attempts === 1) throw error;
  }
  delete object.uploadId;
  if (!object.inParts) site.markGone(object);
}

/** A new object of which an upload in parts is open. */
export async function beginUpload(aws: Aws, site: TestObjects): Promise<TestObject> {
  const object = site.newObject(site.place.keyPrefix, { inParts: true });
  try {
    const { UploadId, $metadata } = await aws.call("s3:CreateMultipartUpload", { ...site.address(), Key: object.key });
    object.uploadId = UploadId!;
    // Each try that went through has begun an upload of its own; of the first only is the id known for certain.
    object.inParts = ($metadata?.attempts ?? 1) > 1;
    return object;
  } catch (error) {
    if (isRefusal(failureOf(error, "s3:CreateMultipartUpload"))) site.markGone(object);
    throw error;
  }
}

function inputs(expectation: Expectation): Record<string, string> {
  const result: Record<string, string> = {};
  for (const key of Object.keys(expectation.context)) {
    const name = INPUT_OF_KEY[key.toLowerCase()];
    const value = contextValue(expectation, key);
    if (name && value !== undefined) result[name] = value;
  }
  return result;
}

/** What a put is described by that no expectation of the contract asks for: of an object to try other things on. */
export function sampleExpectation(contract: DeliveryContract, id: string): Expectation {
  const resource = `${contract.bucket.arn}/${contract.keyPrefix}sample`;
  return { id, title: "", actor: "vendor", action: "s3:PutObject", resource, context: {}, expected: "allowed", why: "" };
}
