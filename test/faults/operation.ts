/** Which AWS operation a request is, as whoever stands between a client and AWS sees it. */
import type { IncomingHttpHeaders } from "node:http";

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sub-resources of buckets and objects, by their name in the query. */
const SUBRESOURCES: Readonly<Record<string, string>> = {
  policy: "BucketPolicy",
  policyStatus: "BucketPolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  encryption: "BucketEncryption",
  versioning: "BucketVersioning",
  ownershipControls: "BucketOwnershipControls",
  "object-lock": "ObjectLockConfiguration",
  requestPayment: "BucketRequestPayment",
  location: "BucketLocation",
  acl: "BucketAcl",
  lifecycle: "BucketLifecycleConfiguration",
  replication: "BucketReplication",
  notification: "BucketNotificationConfiguration",
  logging: "BucketLogging",
  website: "BucketWebsite",
};

/** Sub-resources of which a bucket has several. */
const LISTS: Readonly<Record<string, string>> = {
  inventory: "ListBucketInventoryConfigurations",
  analytics: "ListBucketAnalyticsConfigurations",
};

/** Operations of S3 Control, by their path with `*` for a name. */
const S3_CONTROL: Readonly<Record<string, string>> = {
  "configuration/publicAccessBlock": "GetPublicAccessBlock",
  accesspoint: "ListAccessPoints",
  "accesspoint/*": "GetAccessPoint",
  "accesspoint/*/policy": "GetAccessPointPolicy",
};

const VERBS: Readonly<Record<string, string>> = { GET: "Get", PUT: "Put", DELETE: "Delete", HEAD: "Head" };

/** `s3:PutObject`, `iam:GetRole`, … */
export function operationOf(received: Received): string {
  const service = /Credential=[^/]*\/\d+\/[^/]+\/([^/]+)\//.exec(received.headers.authorization ?? "")?.[1] ?? "s3";
  const isForm = received.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  if (isForm) {
    const action = new URLSearchParams(received.body.toString()).get("Action");
    return `${service === "s3" ? "sts" : service}:${action}`;
  }
  const target = /\.(\w+)$/.exec(String(received.headers["x-amz-target"] ?? ""))?.[1];
  if (target !== undefined) return `${service}:${target}`;
  const ofAccount = /^\/v20180820\/(configuration\/publicAccessBlock|accesspoint(?:\/[^/?]+(?:\/policy)?)?)(?=\?|$)/.exec(
    received.url,
  )?.[1];
  if (ofAccount !== undefined) return `s3control:${S3_CONTROL[ofAccount.replace(/\/(?!publicAccessBlock|policy$)[^/]+/, "/*")]}`;
  return service === "s3" ? `s3:${s3Operation(received)}` : `${service}:${received.method}`;
}

function s3Operation({ method, url }: Received): string {
  const { pathname, searchParams } = new URL(url, "http://aws");
  const verb = VERBS[method] ?? method;
  const isObject = pathname.split("/").filter(Boolean).length > 1;
  if (isObject) {
    if (searchParams.has("uploads")) return "CreateMultipartUpload";
    if (searchParams.has("uploadId")) return { PUT: "UploadPart", POST: "CompleteMultipartUpload" }[method] ?? "AbortMultipartUpload";
    return searchParams.has("acl") ? `${verb}ObjectAcl` : `${verb}Object`;
  }
  if (searchParams.has("versions")) return "ListObjectVersions";
  if (searchParams.has("uploads")) return "ListMultipartUploads";
  if (searchParams.has("list-type")) return "ListObjectsV2";
  const list = Object.keys(LISTS).find((name) => searchParams.has(name));
  if (list !== undefined && method === "GET") return LISTS[list]!;
  const sub = Object.keys(SUBRESOURCES).find((name) => searchParams.has(name));
  return `${verb}${sub === undefined ? "Bucket" : SUBRESOURCES[sub]}`;
}
