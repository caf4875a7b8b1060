/**
 * Accepts an answer of success only if it comes from AWS and is complete.
 *
 * The SDK treats an empty body, or the page of a proxy, as an answer without members: a role without policies, a key without grants, an
 * object without versions. So each answer needs AWS's request ID and the document that AWS documents for its operation.
 */
import { NOT_AWS } from "./failure";
import type { OperationName } from "./operations";

/** Root elements of the answers of S3 and S3 Control, as patterns. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
const ROOTS: Partial<Record<OperationName, string>> = {
  "s3:ListBuckets": "ListAllMyBucketsResult",
  // The names of these two in AWS's pages and in its answers have not always been the same.
  "s3:ListBucketInventoryConfigurations": "List(?:Bucket)?InventoryConfigurations?Result",
  "s3:ListBucketAnalyticsConfigurations": "List(?:Bucket)?AnalyticsConfigurations?Result",
  "s3:ListObjectsV2": "ListBucketResult",
  "s3:ListObjectVersions": "ListVersionsResult",
  "s3:ListMultipartUploads": "ListMultipartUploadsResult",
  "s3:CreateMultipartUpload": "InitiateMultipartUploadResult",
  "s3:CompleteMultipartUpload": "CompleteMultipartUploadResult",
  "s3:GetObjectAcl": "AccessControlPolicy",
  "s3:GetObjectTagging": "Tagging",
  "s3:GetBucketAcl": "AccessControlPolicy",
  "s3:GetBucketEncryption": "ServerSideEncryptionConfiguration",
  "s3:GetBucketLifecycleConfiguration": "LifecycleConfiguration",
  "s3:GetBucketLocation": "LocationConstraint",
  "s3:GetBucketNotificationConfiguration": "NotificationConfiguration",
  "s3:GetBucketOwnershipControls": "OwnershipControls",
  "s3:GetBucketPolicyStatus": "PolicyStatus",
  "s3:GetBucketReplication": "ReplicationConfiguration",
  "s3:GetBucketRequestPayment": "RequestPaymentConfiguration",
  "s3:GetBucketVersioning": "VersioningConfiguration",
  "s3:GetBucketWebsite": "WebsiteConfiguration",
  "s3:GetObjectLockConfiguration": "ObjectLockConfiguration",
  "s3:GetPublicAccessBlock": "PublicAccessBlockConfiguration",
  "s3control:GetPublicAccessBlock": "PublicAccessBlockConfiguration",
  "s3control:ListAccessGrants": "ListAccessGrantsResult",
  "s3control:ListAccessPoints": "ListAccessPointsResult",
  "s3control:GetAccessPoint": "GetAccessPointResult",
  "s3control:GetAccessPointPolicy": "GetAccessPointPolicyResult",
};

/** An element that an answer in XML always holds, and the name of its items if it is a list. The SDK takes its absence for "none". */
const ELEMENTS: Partial<Record<OperationName, readonly [element: string, item?: string]>> = {
  "s3:GetBucketAcl": ["AccessControlList", "Grant"],
  "s3:GetObjectAcl": ["AccessControlList", "Grant"],
  "s3control:ListAccessGrants": ["AccessGrantsList", "AccessGrant"],
  "s3control:ListAccessPoints": ["AccessPointList", "AccessPoint"],
  "s3control:GetAccessPoint": ["PublicAccessBlockConfiguration"],
  "s3control:GetAccessPointPolicy": ["Policy"],
  "iam:GetRole": ["AssumeRolePolicyDocument"],
  "iam:GetRolePolicy": ["PolicyDocument"],
  "iam:ListRolePolicies": ["PolicyNames", "member"],
  "iam:ListAttachedRolePolicies": ["AttachedPolicies", "member"],
};

/** What an answer in JSON always holds. The bucket policy is the answer itself. */
const MEMBERS: Partial<Record<OperationName, string>> = {
  "s3:GetBucketPolicy": "Statement",
  "kms:DescribeKey": "KeyMetadata",
  "kms:GetKeyPolicy": "Policy",
  "kms:ListGrants": "Grants",
  "accessanalyzer:ValidatePolicy": "findings",
  "accessanalyzer:CheckNoPublicAccess": "result",
  "accessanalyzer:ListAnalyzers": "analyzers",
  "accessanalyzer:ListFindings": "findings",
  "organizations:DescribeOrganization": "Organization",
  "organizations:ListRoots": "Roots",
  "organizations:ListParents": "Parents",
  "organizations:ListPoliciesForTarget": "Policies",
  "organizations:DescribePolicy": "Policy",
  "cloudtrail:LookupEvents": "Events",
};

/** The body of GetObject is the object's own; an answer to HEAD has none. */
const HAVE_NO_DOCUMENT: readonly OperationName[] = ["s3:GetObject", "s3:HeadObject", "s3:HeadBucket"];

interface RawAnswer {
  readonly headers: Readonly<Record<string, string>>;
  statusCode: number;
  body: unknown;
}

/** Middleware of the SDK for one service. It runs before the SDK reads the answer. */
export const requireAnswerOfAws =
  (service: string) =>
  (next: (args: unknown) => Promise<{ readonly response: RawAnswer }>, { commandName = "" }: { readonly commandName?: string }) =>
  async (args: unknown) => {
    const result = await next(args);
    const { response } = result;
    if (response.statusCode < 200 || response.statusCode >= 300) return result;
    const $metadata = {
      httpStatusCode: response.statusCode,
      requestId: response.headers["x-amz-request-id"] ?? response.headers["x-amzn-requestid"],
    };
    if (!$metadata.requestId) {
      // An answer that is not read keeps its connection open.
      await textOf(response);
      throw Object.assign(new Error("the answer has no AWS request ID"), { name: NOT_AWS, $metadata });
    }
    const operation = `${service}:${commandName.replace(/Command$/, "")}` as OperationName;
    if (HAVE_NO_DOCUMENT.includes(operation)) return result;
    const text = await textOf(response);
    // S3 may begin an answer with success before it fails. The SDK reads the error if the status is one.
    if (isWhole(text, "Error(?:Response)?")) response.statusCode = 503;
    else if (!isExpected(operation, text)) {
      const name = isOtherDocument(text) ? "NotImplemented" : NOT_AWS;
      throw Object.assign(new Error(`the answer is not the one that ${operation} has`), { name, $metadata });
    }
    return result;
  };

async function textOf(response: RawAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  if (response.body instanceof Uint8Array) chunks.push(Buffer.from(response.body));
  else for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  response.body = body;
  return body.toString("utf8");
}

function isExpected(operation: OperationName, text: string): boolean {
  const [service, action] = operation.split(":") as [string, string];
  const root = service === "iam" || service === "sts" ? `${action}Response` : ROOTS[operation];
  if (root !== undefined) return isWhole(text, root) && hasElement(operation, text);
  const member = MEMBERS[operation];
  // Other answers of S3 have no body.
  if (member === undefined && service === "s3") return text === "";
  const parsed = parse(text);
  return typeof parsed === "object" && parsed !== null && (member === undefined || member in parsed);
}

/** Whether the text is one complete XML document with a root element that matches the pattern. */
function isWhole(text: string, root: string): boolean {
  const start = new RegExp(`^\\s*(?:<\\?xml[^>]*\\?>\\s*)?<(${root})(?:\\s[^>]*?)?(/?)>`).exec(text);
  if (start === null) return false;
  const rest = text.slice(start[0].length).trimEnd();
  return start[2] === "/" ? rest === "" : rest.endsWith(`</${start[1]}>`);
}

/** Whether the document has the element of its operation. A list is empty, or begins with an item. */
function hasElement(operation: OperationName, text: string): boolean {
  const [element, item] = ELEMENTS[operation] ?? [];
  if (element === undefined) return true;
  if (item === undefined) return new RegExp(`<${element}(?:\\s[^>]*)?>`).test(text);
  return new RegExp(`<${element}(?:\\s[^>]*)?(?:/>|>\\s*(?:</${element}>|<${item}[\\s/>]))`).test(text);
}

/** An emulator or a gateway that lacks an operation returns the answer of another one: a complete document that is not a web page. */
function isOtherDocument(text: string): boolean {
  return isWhole(text, "(?!html)\\w+");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
