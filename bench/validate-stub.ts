/** A stub of AWS in which every destination stands as its contract wants, and which answers each request after a fixed delay. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { operationOf } from "../test/faults/operation";
import { serveTwoProtocols, type TwoProtocols } from "../test/faults/two-protocols";

export const CUSTOMER = "111111111111";
/** Access key ids, by which the stub tells who asks. */
export const KEYS = { deployer: "DEPLOYER", vendor: "VENDOR", role: "ROLE" } as const;
const CALLERS: Readonly<Record<string, string>> = {
  [KEYS.deployer]: `arn:aws:iam::${CUSTOMER}:user/deployer`,
  [KEYS.vendor]: "arn:aws:sts::222222222222:assumed-role/kandji-activity/run",
};

interface Answer {
  readonly status?: number;
  readonly body?: string;
}

const REFUSED: Answer = { status: 403, body: "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>" };

const MISSING: Answer = { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" };

export function startStub(certificate: { readonly cert: string; readonly key: string }, delayMs: number): Promise<TwoProtocols> {
  /** Paths of the objects that were put and not deleted. */
  const objects = new Set<string>();
  /** An object is found after it was put and before it was deleted. */
  const objectAnswer = (operation: string, url: string): Answer | undefined => {
    const { pathname } = new URL(url, "http://stub");
    if (operation === "s3:PutObject" || operation === "s3:CompleteMultipartUpload") objects.add(pathname);
    if (operation === "s3:DeleteObject") objects.delete(pathname);
    const isRead = operation === "s3:HeadObject" || operation === "s3:GetObject";
    return isRead && !objects.has(pathname) ? MISSING : undefined;
  };
  const listener = (plainHttp: boolean) => async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const received = { method: incoming.method!, url: incoming.url!, headers: incoming.headers, body: Buffer.concat(parts) };
    const who = /Credential=([^/]*)/.exec(incoming.headers.authorization ?? "")?.[1] ?? "";
    const form = new URLSearchParams(received.body.toString());
    const operation = operationOf(received);
    const { status = 200, body = "" } =
      plainHttp || who === "" ? REFUSED : (objectAnswer(operation, received.url) ?? answerTo(operation, who, bucketOf(received.url), form));
    const headers = { "x-amz-request-id": randomUUID(), "x-amz-bucket-region": "eu-central-1", etag: '"1"', "content-length": body.length };
    setTimeout(() => outgoing.writeHead(status, headers).end(incoming.method === "HEAD" ? "" : body), delayMs);
  };
  return serveTwoProtocols(certificate, { http: listener(true), https: listener(false) });
}

function bucketOf(url: string): string {
  return new URL(url, "http://stub").pathname.split("/")[1] ?? "";
}

/** What the destination role does not reach. */
const OWNERS_ALONE = /^s3:(Get|Put)Bucket/;

function answerTo(operation: string, who: string, bucket: string, form: URLSearchParams): Answer {
  const [service, action = ""] = operation.split(":");
  const known = ANSWERS[operation];
  if (who === KEYS.role && OWNERS_ALONE.test(operation)) return REFUSED;
  if (service === "organizations") return { status: 400, body: '{"__type":"AccessDeniedException"}' };
  if (service === "s3control") return known?.({ bucket, who, form }) ?? MISSING;
  if (service === "s3") return known?.({ bucket, who, form }) ?? { status: action.startsWith("Delete") ? 204 : 200 };
  const body = known?.({ bucket, who, form })?.body;
  if (body === undefined) return { status: 501, body: "<ErrorResponse><Error><Code>NotImplemented</Code></Error></ErrorResponse>" };
  return { body: `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>` };
}

interface Asked {
  readonly bucket: string;
  readonly who: string;
  readonly form: URLSearchParams;
}

const roleOf = (form: URLSearchParams) => form.get("RoleName") ?? "";
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const inXml = (text: string) => encodeURIComponent(text);

const ANSWERS: Readonly<Record<string, (asked: Asked) => Answer>> = {
  "sts:GetCallerIdentity": ({ who }) => ({ body: `<Arn>${CALLERS[who]}</Arn><Account>${CALLERS[who]!.split(":")[4]}</Account>` }),
  "sts:AssumeRole": () => ({
    body: `<Credentials><AccessKeyId>${KEYS.role}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials>`,
  }),
  "iam:GetRole": ({ form }) => ({
    body:
      `<Role><Path>/</Path><RoleName>${roleOf(form)}</RoleName><Arn>arn:aws:iam::${CUSTOMER}:role/${roleOf(form)}</Arn>` +
      `<AssumeRolePolicyDocument>${inXml(
        policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:role/kandji-activity" }, Action: "sts:AssumeRole" }),
      )}</AssumeRolePolicyDocument></Role>`,
  }),
  "iam:ListRolePolicies": () => ({ body: "<PolicyNames><member>delivery</member></PolicyNames><IsTruncated>false</IsTruncated>" }),
  "iam:ListAttachedRolePolicies": () => ({ body: "<AttachedPolicies/><IsTruncated>false</IsTruncated>" }),
  "iam:GetRolePolicy": ({ form }) => {
    const arn = `arn:aws:s3:::${bucketOfRole(roleOf(form))}`;
    const text = policy(
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
      { Effect: "Allow", Action: "s3:*", Resource: `${arn}/*` },
    );
    return { body: `<PolicyName>delivery</PolicyName><PolicyDocument>${inXml(text)}</PolicyDocument>` };
  },
  "s3:GetBucketPolicy": ({ bucket }) => ({
    body: policy({
      Sid: "AllowSSLRequestsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  }),
  "s3:PutBucketPolicy": ({ who }) => (who === KEYS.deployer ? {} : REFUSED),
  "s3:GetBucketPolicyStatus": () => ({ body: "<PolicyStatus><IsPublic>FALSE</IsPublic></PolicyStatus>" }),
  "s3:GetPublicAccessBlock": () => ({
    body: `<PublicAccessBlockConfiguration>${["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
      .map((name) => `<${name}>true</${name}>`)
      .join("")}</PublicAccessBlockConfiguration>`,
  }),
  "s3:GetBucketEncryption": () => ({
    body:
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>" +
      "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>",
  }),
  "s3:GetBucketVersioning": () => ({ body: "<VersioningConfiguration/>" }),
  "s3:GetBucketOwnershipControls": () => ({
    body: "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>",
  }),
  "s3:GetObjectLockConfiguration": () => ({ status: 404, body: "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>" }),
  "s3:GetBucketRequestPayment": () => ({ body: "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>" }),
  "s3:GetBucketWebsite": () => ({ status: 404, body: "<Error><Code>NoSuchWebsiteConfiguration</Code></Error>" }),
  "s3:GetBucketLifecycleConfiguration": () => ({ status: 404, body: "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>" }),
  "s3:GetBucketReplication": () => ({ status: 404, body: "<Error><Code>ReplicationConfigurationNotFoundError</Code></Error>" }),
  "s3:ListBucketInventoryConfigurations": () => ({ body: "<ListInventoryConfigurationsResult/>" }),
  "s3:ListBucketAnalyticsConfigurations": () => ({ body: "<ListBucketAnalyticsConfigurationResult/>" }),
  "s3:GetBucketAcl": () => ({ body: "<AccessControlPolicy><AccessControlList/></AccessControlPolicy>" }),
  "s3:GetBucketNotificationConfiguration": () => ({ body: "<NotificationConfiguration/>" }),
  "s3control:GetPublicAccessBlock": () => ({ status: 404, body: "<Error><Code>NoSuchPublicAccessBlockConfiguration</Code></Error>" }),
  "s3control:ListAccessPoints": () => ({ body: "<ListAccessPointsResult><AccessPointList/></ListAccessPointsResult>" }),
  "s3:ListObjectsV2": () => ({ body: "<ListBucketResult/>" }),
  "s3:ListObjectVersions": () => ({ body: "<ListVersionsResult/>" }),
  "s3:CreateMultipartUpload": () => ({ body: "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>" }),
  "s3:CompleteMultipartUpload": () => ({ body: "<CompleteMultipartUploadResult/>" }),
};

/** `kandji-<bucket>`, as the construct names it. */
function bucketOfRole(role: string): string {
  return role.replace(/^kandji-/, "");
}
