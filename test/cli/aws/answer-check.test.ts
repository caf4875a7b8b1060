/** What stands between the program and AWS may answer in its place, or cut AWS's answer off: neither is taken for an answer. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connector } from "../../../cli/aws/connect";
import { type Failure, failureOf } from "../../../cli/aws/failure";
import type { Aws, OperationName } from "../../../cli/aws/operations";

const Bucket = "acme";
const AccountId = "111111111111";
const object = { Bucket, Key: "k" };
const role = { RoleName: "delivery" };
const policies = { PolicyInputList: ["{}"], ActionNames: ["s3:PutObject"] };

/** Each operation with an input, and the least document that AWS answers with; none where AWS sends no body. */
const OPERATIONS: readonly [OperationName, object, string?][] = [
  ["s3:HeadBucket", { Bucket }],
  ["s3:HeadObject", object],
  ["s3:PutObject", { ...object, Body: "x" }],
  ["s3:PutObjectAcl", { ...object, ACL: "private" }],
  ["s3:PutObjectTagging", { ...object, Tagging: { TagSet: [] } }],
  ["s3:DeleteObject", object],
  ["s3:UploadPart", { ...object, UploadId: "1", PartNumber: 1, Body: "x" }],
  ["s3:AbortMultipartUpload", { ...object, UploadId: "1" }],
  ["s3:PutBucketPolicy", { Bucket, Policy: "x" }],
  ["s3:ListBuckets", {}, "<ListAllMyBucketsResult/>"],
  ["s3:ListObjectsV2", { Bucket }, "<ListBucketResult/>"],
  ["s3:ListObjectVersions", { Bucket }, "<ListVersionsResult/>"],
  ["s3:ListMultipartUploads", { Bucket }, "<ListMultipartUploadsResult/>"],
  ["s3:CreateMultipartUpload", object, "<InitiateMultipartUploadResult/>"],
  ["s3:CompleteMultipartUpload", { ...object, UploadId: "1", MultipartUpload: { Parts: [] } }, "<CompleteMultipartUploadResult/>"],
  ["s3:GetObjectAcl", object, "<AccessControlPolicy><AccessControlList/></AccessControlPolicy>"],
  ["s3:GetObjectTagging", object, "<Tagging/>"],
  ["s3:GetBucketPolicy", { Bucket }, '{"Statement":[]}'],
  [
    "s3:GetBucketAcl",
    { Bucket },
    '<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><AccessControlList></AccessControlList></AccessControlPolicy>\n',
  ],
  ["s3:GetBucketEncryption", { Bucket }, "<ServerSideEncryptionConfiguration/>"],
  ["s3:GetBucketLifecycleConfiguration", { Bucket }, "<LifecycleConfiguration/>"],
  ["s3:GetBucketLocation", { Bucket }, "<LocationConstraint/>"],
  ["s3:GetBucketNotificationConfiguration", { Bucket }, "<NotificationConfiguration />"],
  ["s3:GetBucketOwnershipControls", { Bucket }, "<OwnershipControls/>"],
  ["s3:GetBucketPolicyStatus", { Bucket }, "<PolicyStatus/>"],
  ["s3:GetBucketReplication", { Bucket }, "<ReplicationConfiguration/>"],
  ["s3:GetBucketRequestPayment", { Bucket }, "<RequestPaymentConfiguration/>"],
  ["s3:GetBucketVersioning", { Bucket }, '<?xml version="1.0" encoding="UTF-8"?>\n<VersioningConfiguration/>'],
  ["s3:ListBucketInventoryConfigurations", { Bucket }, "<ListInventoryConfigurationsResult/>"],
  ["s3:ListBucketAnalyticsConfigurations", { Bucket }, "<ListBucketAnalyticsConfigurationResult></ListBucketAnalyticsConfigurationResult>"],
  ["s3:GetBucketWebsite", { Bucket }, "<WebsiteConfiguration/>"],
  ["s3:GetObjectLockConfiguration", { Bucket }, "<ObjectLockConfiguration/>"],
  ["s3:GetPublicAccessBlock", { Bucket }, "<PublicAccessBlockConfiguration/>"],
  ...(
    [
      ["sts:GetCallerIdentity", {}],
      ["sts:AssumeRole", { RoleArn: "arn:aws:iam::111111111111:role/delivery", RoleSessionName: "session" }],
      ["iam:GetRole", role, "<Role><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></Role>"],
      ["iam:ListRoles", {}],
      ["iam:ListRolePolicies", role, "<PolicyNames/>"],
      ["iam:ListAttachedRolePolicies", role, "<AttachedPolicies></AttachedPolicies>"],
      ["iam:GetRolePolicy", { ...role, PolicyName: "p" }, "<PolicyDocument>{}</PolicyDocument>"],
      ["iam:GetPolicy", { PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
      ["iam:CreateRole", { ...role, AssumeRolePolicyDocument: "{}" }],
      ["iam:DeleteRole", role],
      ["iam:SimulateCustomPolicy", policies],
    ] as const
  ).map(([operation, input, content = ""]): [OperationName, object, string] => {
    const root = `${operation.split(":")[1]}Response`;
    return [operation, input, `<${root}>${content}</${root}>`];
  }),
  ["kms:DescribeKey", { KeyId: "k" }, '{"KeyMetadata":{"KeyId":"k"}}'],
  ["kms:GetKeyPolicy", { KeyId: "k" }, '{"Policy":"{}"}'],
  ["kms:ListGrants", { KeyId: "k" }, '{"Grants":[]}'],
  ["accessanalyzer:ValidatePolicy", { policyDocument: "{}", policyType: "RESOURCE_POLICY" }, '{"findings":[]}'],
  ["accessanalyzer:CheckNoPublicAccess", { policyDocument: "{}", resourceType: "AWS::S3::Bucket" }, '{"result":"PASS"}'],
  ["accessanalyzer:ListAnalyzers", {}, '{"analyzers":[]}'],
  ["accessanalyzer:ListFindings", { analyzerArn: "a", filter: {} }, '{"findings":[]}'],
  ["s3control:GetPublicAccessBlock", { AccountId }, "<PublicAccessBlockConfiguration/>"],
  ["s3control:ListAccessGrants", { AccountId }, "<ListAccessGrantsResult><AccessGrantsList/></ListAccessGrantsResult>"],
  [
    "s3control:ListAccessPoints",
    { AccountId, Bucket },
    "<ListAccessPointsResult><AccessPointList></AccessPointList></ListAccessPointsResult>",
  ],
  [
    "s3control:GetAccessPoint",
    { AccountId, Name: "a" },
    "<GetAccessPointResult><PublicAccessBlockConfiguration></PublicAccessBlockConfiguration></GetAccessPointResult>",
  ],
  [
    "s3control:GetAccessPointPolicy",
    { AccountId, Name: "a" },
    "<GetAccessPointPolicyResult><Policy>{}</Policy></GetAccessPointPolicyResult>",
  ],
  ["organizations:DescribeOrganization", {}, '{"Organization":{"Id":"o-1"}}'],
  ["organizations:ListRoots", {}, '{"Roots":[]}'],
  ["organizations:ListParents", { ChildId: AccountId }, '{"Parents":[]}'],
  ["organizations:ListPoliciesForTarget", { TargetId: AccountId, Filter: "SERVICE_CONTROL_POLICY" }, '{"Policies":[]}'],
  ["organizations:DescribePolicy", { PolicyId: "p-1" }, '{"Policy":{}}'],
  ["cloudtrail:LookupEvents", {}, '{"Events":[]}'],
  ["sqs:ReceiveMessage", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/1/q" }, "{}"],
];

interface Answer {
  readonly status: number;
  /** From AWS. */
  readonly hasId?: true;
  readonly body?: string;
  /** What its headers say that the body has, where that is more than it has. */
  readonly length?: number;
  readonly headers?: Record<string, string>;
}

const PAGE = "<html><head><title>Sign in</title></head><body>This is not AWS</body></html>";

/** Answers that are none, whatever was asked. */
const NO_ANSWERS: readonly [string, Answer][] = [
  ["the page of a login portal", { status: 200, body: PAGE }],
  ["a page that is no XML", { status: 200, body: "<html><br></html>" }],
  ["an empty answer without AWS's request ID", { status: 200 }],
  ["204 of a proxy", { status: 204 }],
  ["a redirect to a login portal", { status: 302, headers: { location: "http://login.example.com/" } }],
  ["403 of a firewall", { status: 403, body: "blocked by policy" }],
  ["403 of a gateway in AWS's words", { status: 403, body: "<Error><Code>AccessDenied</Code></Error>" }],
  ["404 of a proxy", { status: 404, body: PAGE }],
  ["404 of a proxy in AWS's words", { status: 404, body: "<Error><Code>NoSuchBucketPolicy</Code></Error>" }],
];

/** The same, where an answer of AWS has a body. */
const NO_DOCUMENTS: readonly [string, Answer][] = [
  ["an empty body", { status: 200, hasId: true }],
  ["a page under AWS's headers", { status: 200, hasId: true, body: PAGE }],
  ["a body that ends early, and says so", { status: 200, hasId: true, body: "<Other", length: 400 }],
  ["an error after success", { status: 200, hasId: true, body: "<Error><Code>InternalError</Code></Error>" }],
];

let answer: Answer;
let aws: Aws;
const server = createServer((asked, answered) => asked.resume().on("end", () => send(answered, answer)));

function send(answered: ServerResponse, { status, hasId, body = "", length, headers }: Answer): void {
  answered.writeHead(status, {
    ...(hasId && { "x-amz-request-id": "1" }),
    "content-length": length ?? Buffer.byteLength(body),
    ...headers,
  });
  if (length === undefined) answered.end(body);
  else answered.write(body, () => answered.destroy());
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { kind: "keys", accessKeyId: "a", secretAccessKey: "s" } as const;
  aws = connector({ endpoint, env: { AWS_MAX_ATTEMPTS: "1" } })(keys, "eu-west-1");
});
afterAll(() => server.closeAllConnections());

async function failureFor(operation: OperationName, input: object, given: Answer): Promise<Failure | undefined> {
  answer = given;
  return aws.call(operation, input as never).then(
    () => undefined,
    (error) => failureOf(error, operation),
  );
}

describe.each(NO_ANSWERS)("%s", (_, given) => {
  test("is no answer of AWS to any request", async () => {
    for (const [operation, input] of OPERATIONS)
      expect(await failureFor(operation, input, given), operation).toMatchObject({ kind: "transient", causeId: "not-aws" });
  });
});

describe.each(NO_DOCUMENTS)("%s", (_, given) => {
  test("is no answer to a request that has a document for an answer", async () => {
    for (const [operation, input, document] of OPERATIONS)
      if (document !== undefined) expect(await failureFor(operation, input, given), operation).toMatchObject({ kind: "transient" });
  });
});

test("a page under AWS's headers is no answer to a request that has none", async () => {
  for (const [operation, input, document] of OPERATIONS)
    if (document === undefined && !operation.startsWith("s3:Head"))
      expect(await failureFor(operation, input, { status: 200, hasId: true, body: PAGE }), operation).toMatchObject({ causeId: "not-aws" });
});

test("a document that is cut off at any place is no answer", async () => {
  const whole = "<ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>p</member></PolicyNames></ListRolePoliciesResult>";

  for (let length = 0; length < whole.length; length += 7)
    expect(await failureFor("iam:ListRolePolicies", role, { status: 200, hasId: true, body: whole.slice(0, length) })).toBeDefined();
});

test("the document of another operation is the answer of an endpoint that lacks this one", async () => {
  for (const [operation, input, document] of OPERATIONS)
    if (document?.startsWith("<"))
      expect(await failureFor(operation, input, { status: 200, hasId: true, body: "<OtherResult/>" }), operation).toMatchObject({
        kind: "fatal",
        causeId: "not-implemented",
      });
});

test("AWS's own least answers are believed", async () => {
  for (const [operation, input, body = ""] of OPERATIONS)
    expect(await failureFor(operation, input, { status: 200, hasId: true, body }), operation).toBeUndefined();
});

const [POINTS, GRANTS, POLICY] = ["s3control:ListAccessPoints", "s3control:ListAccessGrants", "s3control:GetAccessPointPolicy"] as const;

test.each<[OperationName, object, string]>([
  [POINTS, { AccountId, Bucket }, "<ListAccessPointsResult/>"],
  [POINTS, { AccountId, Bucket }, "<ListAccessPointsResult><NextToken>n</NextToken></ListAccessPointsResult>"],
  [POINTS, { AccountId, Bucket }, "<ListAccessPointsResult><AccessPointList><member/></AccessPointList></ListAccessPointsResult>"],
  [POINTS, { AccountId, Bucket }, "<ListAccessPointsResult><AccessPointLists/></ListAccessPointsResult>"],
  [GRANTS, { AccountId }, "<ListAccessGrantsResult><AccessGrants/></ListAccessGrantsResult>"],
  [GRANTS, { AccountId }, "<ListAccessGrantsResult><AccessGrantsList><AccessGrants/></AccessGrantsList></ListAccessGrantsResult>"],
  ["s3control:GetAccessPoint", { AccountId, Name: "a" }, "<GetAccessPointResult><Name>a</Name></GetAccessPointResult>"],
  [POLICY, { AccountId, Name: "a" }, "<GetAccessPointPolicyResult/>"],
  [POLICY, { AccountId, Name: "a" }, "<GetAccessPointPolicyResult><Policy/></GetAccessPointPolicyResult>"],
  ["s3:GetBucketAcl", { Bucket }, "<AccessControlPolicy><Owner/></AccessControlPolicy>"],
  ["iam:GetRole", role, "<GetRoleResponse><Role/></GetRoleResponse>"],
  ["iam:ListRolePolicies", role, "<ListRolePoliciesResponse/>"],
  [
    "iam:ListAttachedRolePolicies",
    role,
    "<ListAttachedRolePoliciesResponse><AttachedPolicies><item/></AttachedPolicies></ListAttachedRolePoliciesResponse>",
  ],
])('%s %j is not read as "none" from %s', async (operation, input, body) => {
  expect(await failureFor(operation, input, { status: 200, hasId: true, body })).toMatchObject({ causeId: "not-implemented" });
});
