/**
 * One request for each action that a contract may name. It is harmless whether AWS allows it or not.
 *
 * A probe reads, changes or deletes only objects that a validation wrote. An action that would change the bucket itself (DeleteBucket,
 * PutBucketAcl, …) has no probe: the policies are evaluated instead.
 */
import type { DeliveryContract, Expectation } from "../../lib/contract";
import { type Aws, type CallOptions, failureOf } from "../aws";
import { isDeleted, isStored, isUploadOpen, PUT_IGNORED, type TestObject, type TestObjects, type Written } from "../clean-up";
import { folderOf } from "../names";
import { beginUpload } from "./begin-upload";
import { isRefusal } from "./is-refusal";

export interface ProbeInput {
  readonly aws: Aws;
  /** Callers other than the requesting one that may check whether an object exists. */
  readonly witness?: Aws;
  readonly testObjects: TestObjects;
  readonly expectation: Expectation;
  readonly options: CallOptions;
}

interface Probe {
  /** Order among the requests that must be allowed: later ones need earlier ones. */
  readonly rank: number;
  /** Needs an existing test object. */
  readonly needsObject: boolean;
  /** What it writes. */
  readonly writes?: Written;
  /** Its action changes something, although this request does not. --read-only makes no such request. */
  readonly changes?: boolean;
  /** Returns the key of the test object that was used, if any. */
  run(input: ProbeInput): Promise<string | undefined>;
}

const BODY = "This object was written by `vendor-destination validate` to prove that deliveries work. It is safe to delete.\n";

/** S3 rejects this text, because a policy must be JSON. So the request changes nothing, even if it is allowed. */
const NOT_A_POLICY = "vendor-destination validate: not a policy";

/** Condition keys that a probe can set, and the input that sets each. */
const INPUT_OF_KEY: Readonly<Record<string, string>> = {
  "s3:x-amz-acl": "ACL",
  "s3:x-amz-server-side-encryption": "ServerSideEncryption",
  "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
  "s3:x-amz-storage-class": "StorageClass",
  "s3:prefix": "Prefix",
  "s3:delimiter": "Delimiter",
};

/** Condition keys that are not inputs of a request: the protocol, and what AssumeRole sets. */
const OTHER_KEYS = ["aws:securetransport", "sts:externalid", "sts:rolesessionname"];

const PROBES: Readonly<Record<string, Probe>> = {
  "s3:ListBucket": reading(({ aws, testObjects, expectation, options }) =>
    aws.call(
      "s3:ListObjectsV2",
      { ...testObjects.address(), Prefix: testObjects.place.keyPrefix, MaxKeys: 1, ...inputs(expectation) },
      options,
    ),
  ),
  "s3:ListBucketVersions": reading(({ aws, testObjects, options }) =>
    aws.call("s3:ListObjectVersions", { ...testObjects.address(), Prefix: testObjects.place.keyPrefix, MaxKeys: 1 }, options),
  ),
  "s3:ListBucketMultipartUploads": reading(({ aws, testObjects, options }) =>
    aws.call("s3:ListMultipartUploads", { ...testObjects.address(), Prefix: testObjects.place.keyPrefix, MaxUploads: 1 }, options),
  ),
  "s3:GetBucketLocation": reading(({ aws, testObjects, options }) => aws.call("s3:GetBucketLocation", testObjects.address(), options)),
  "s3:GetBucketPolicy": reading(({ aws, testObjects, options }) => aws.call("s3:GetBucketPolicy", testObjects.address(), options)),
  "s3:GetBucketAcl": reading(({ aws, testObjects, options }) => aws.call("s3:GetBucketAcl", testObjects.address(), options)),
  "s3:GetBucketVersioning": reading(({ aws, testObjects, options }) => aws.call("s3:GetBucketVersioning", testObjects.address(), options)),
  "s3:GetEncryptionConfiguration": reading(({ aws, testObjects, options }) =>
    aws.call("s3:GetBucketEncryption", testObjects.address(), options),
  ),
  "s3:GetBucketPublicAccessBlock": reading(({ aws, testObjects, options }) =>
    aws.call("s3:GetPublicAccessBlock", testObjects.address(), options),
  ),
  "s3:PutBucketPolicy": { ...reading(putNoPolicy), changes: true },
  "s3:PutObject": { rank: 2, needsObject: false, writes: "object", run: putObject },
  "s3:PutObjectAcl": onObject(3, ({ aws, testObjects, expectation, options }, { key }) =>
    aws.call("s3:PutObjectAcl", { ...testObjects.address(), Key: key, ACL: "bucket-owner-full-control", ...inputs(expectation) }, options),
  ),
  "s3:GetObject": onObject(3, async ({ aws, testObjects, options }, { key }) => {
    const answer = await aws.call("s3:GetObject", { ...testObjects.address(), Key: key }, options);
    await answer.Body?.transformToByteArray();
  }),
  "s3:GetObjectAcl": onObject(3, ({ aws, testObjects, options }, { key }) =>
    aws.call("s3:GetObjectAcl", { ...testObjects.address(), Key: key }, options),
  ),
  "s3:GetObjectTagging": onObject(3, ({ aws, testObjects, options }, { key }) =>
    aws.call("s3:GetObjectTagging", { ...testObjects.address(), Key: key }, options),
  ),
  "s3:PutObjectTagging": onObject(3, ({ aws, testObjects, options }, { key }) =>
    aws.call("s3:PutObjectTagging", { ...testObjects.address(), Key: key, Tagging: { TagSet: [] } }, options),
  ),
  "s3:AbortMultipartUpload": { rank: 4, needsObject: false, writes: "upload", run: abortUpload },
  "s3:DeleteObject": onObject(5, deleteObject),
};

/** S3's MalformedPolicy answer does not show whether the caller has the right. */
async function putNoPolicy({ aws, testObjects }: ProbeInput): Promise<void> {
  try {
    await aws.call("s3:PutBucketPolicy", { ...testObjects.address(), Policy: NOT_A_POLICY });
  } catch (error) {
    if (failureOf(error, "s3:PutBucketPolicy").code !== "MalformedPolicy") throw error;
    throw Object.assign(new Error(), { name: "TextRefused" });
  }
}

function reading(call: (input: ProbeInput) => Promise<unknown>): Probe {
  const run = async (input: ProbeInput) => {
    await call(input);
    return undefined;
  };
  return { rank: 1, needsObject: false, run };
}

function onObject(rank: number, call: (input: ProbeInput, object: TestObject) => Promise<unknown>): Probe {
  return {
    rank,
    needsObject: true,
    run: async (input) => {
      const { testObjects, expectation } = input;
      const folder = folderOfObject(expectation, testObjects);
      const object = testObjects.present(folder) ?? testObjects.newest(folder);
      if (!object) throw new Error(`there is no test object to try ${expectation.action} on`);
      await call(input, object);
      return object.key;
    },
  };
}

/** The folder of the expectation's sample key. A right in one folder says nothing about another. */
export function folderOfObject({ resource }: Pick<Expectation, "resource">, { place }: TestObjects): string {
  return folderOf(resource.slice(place.bucket.arn.length + 1));
}

/** The probe for an expectation at the bucket, or why there is none. */
export function probeFor(expectation: Expectation, bucketArn: string): Probe | { readonly why: string } {
  const probe = PROBES[expectation.action];
  if (!probe) return { why: `${expectation.action} is not tried: no request for it is certain to change nothing` };
  if (expectation.resource !== bucketArn && !expectation.resource.startsWith(`${bucketArn}/`))
    return { why: "not tried: the request would go to a bucket of another contract" };
  const unsupported = Object.keys(expectation.context).filter(
    (key) => !(key.toLowerCase() in INPUT_OF_KEY) && !OTHER_KEYS.includes(key.toLowerCase()),
  );
  if (unsupported.length > 0) return { why: `not tried: a probe cannot set ${unsupported.join(", ")}` };
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

/** Writes a test object into the folder of the expectation's sample key. Never overwrites an object. */
export async function putObject(input: ProbeInput): Promise<string> {
  const { aws, testObjects, expectation, options } = input;
  const object = await testObjects.newObject(folderOfObject(expectation, testObjects));
  const put = {
    ...testObjects.address(),
    Key: object.key,
    Body: BODY,
    ContentType: "text/plain",
    IfNoneMatch: "*",
    ...inputs(expectation),
  };
  try {
    // No signal, because S3 may receive the request even if the program stops waiting for the answer.
    const written = await aws.call("s3:PutObject", put, options.plainHttp ? { plainHttp: true } : {});
    object.written = true;
    if (written.VersionId) object.versionIds.add(written.VersionId);
  } catch (error) {
    const failure = failureOf(error, "s3:PutObject");
    // No other object has this name: an earlier try of this request succeeded, and its answer was lost.
    if (failure.causeId === "precondition") object.written = true;
    else {
      if (isRefusal(failure)) testObjects.markGone(object);
      throw error;
    }
  }
  if (expectation.expected === "allowed") {
    object.written = await isStored(observers(aws, input.witness), testObjects, object.key);
    if (!object.written) throw Object.assign(new Error(), { name: PUT_IGNORED });
  }
  return object.key;
}

/** The callers that check whether something exists, those with the most rights first. */
export function observers(aws: Aws, witness: Aws | undefined): readonly Aws[] {
  return [...(witness ? [witness] : []), aws];
}

async function deleteObject({ aws, witness, testObjects, expectation, options }: ProbeInput, object: TestObject): Promise<void> {
  const deleted = await aws.call(
    "s3:DeleteObject",
    { ...testObjects.address(), Key: object.key },
    options.plainHttp ? { plainHttp: true } : {},
  );
  if (deleted.VersionId) object.versionIds.add(deleted.VersionId);
  const isGone = await isDeleted(observers(aws, witness), testObjects, object.key);
  // An answer of success does not prove that the object is gone. Where a denial is expected, the answer alone is the finding.
  if (isGone !== true && expectation.expected === "allowed")
    throw Object.assign(new Error(), { name: isGone === undefined ? "DeleteNotSeen" : "DeleteIgnored" });
  if (isGone === false) return;
  // In a bucket that has or had versions, a delete marker only hides the object.
  if (deleted.DeleteMarker) object.hidden = true;
  else if (isGone && object.versionIds.size === 0) testObjects.markGone(object);
}

async function abortUpload({ aws, witness, testObjects, expectation }: ProbeInput): Promise<string> {
  const object = await beginUpload(aws, testObjects, folderOfObject(expectation, testObjects));
  try {
    await aws.call("s3:AbortMultipartUpload", { ...testObjects.address(), Key: object.key, UploadId: object.uploadId });
  } catch (error) {
    // An earlier try of this request succeeded, and its answer was lost.
    const { code, attempts } = failureOf(error, "s3:AbortMultipartUpload");
    if (code !== "NoSuchUpload" || attempts === 1) throw error;
  }
  if (await isUploadOpen(observers(aws, witness), testObjects, object)) throw Object.assign(new Error(), { name: "AbortIgnored" });
  delete object.uploadId;
  if (!object.inParts) testObjects.markGone(object);
  return object.key;
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

/** The expectation of a put that the contract does not ask for: the object is needed by other requests. */
export function sampleExpectation(contract: DeliveryContract, id: string, folder = contract.keyPrefix): Expectation {
  const resource = `${contract.bucket.arn}/${folder}sample`;
  return { id, title: "", actor: "vendor", action: "s3:PutObject", resource, context: {}, expected: "allowed", why: "" };
}
