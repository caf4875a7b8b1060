/** Operations whose clients are not bundled: where each request goes, what it says, and how its answer is read. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as organizations from "../../../cli/aws/clients/organizations";
import * as s3control from "../../../cli/aws/clients/s3control";
import { connector } from "../../../cli/aws/connect";
import { failureOf } from "../../../cli/aws/failure";
import type { Aws } from "../../../cli/aws/operations";

const AccountId = "111111111111";
const credentials = { accessKeyId: "a", secretAccessKey: "s" };

interface Sent {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The request that the command makes in the region. */
async function sent(Client: unknown, command: object, region: string): Promise<Sent> {
  let request: Sent | undefined;
  const requestHandler = {
    handle: async ({ body, ...made }: Omit<Sent, "body"> & { readonly body?: Uint8Array }) => {
      request = { ...made, ...(body && { body: new TextDecoder().decode(body) }) };
      throw new Error("not sent");
    },
  };
  type Sender = new (configuration: object) => { send(command: object): Promise<unknown> };
  const client = new (Client as Sender)({ region, credentials, requestHandler, maxAttempts: 1 });
  await client.send(command).catch(() => undefined);
  return request!;
}

const scopeOf = ({ headers }: Sent) => /Credential=a\/\d+\/([^,]+)\/aws4_request/.exec(headers.authorization!)?.[1];

test.each([
  ["eu-west-1", "111111111111.s3-control.eu-west-1.amazonaws.com", "eu-west-1/s3"],
  ["us-east-1", "111111111111.s3-control.us-east-1.amazonaws.com", "us-east-1/s3"],
  ["cn-north-1", "111111111111.s3-control.cn-north-1.amazonaws.com.cn", "cn-north-1/s3"],
  ["us-gov-east-1", "111111111111.s3-control.us-gov-east-1.amazonaws.com", "us-gov-east-1/s3"],
])("S3 Control is asked in the region of the bucket, by a host of the account: %s", async (region, host, scope) => {
  const request = await sent(
    s3control.S3ControlClient,
    new s3control.ListAccessPointsCommand({ AccountId, Bucket: "acme", NextToken: "t" }),
    region,
  );

  expect(request).toMatchObject({
    method: "GET",
    hostname: host,
    path: "/v20180820/accesspoint",
    query: { bucket: "acme", nextToken: "t" },
  });
  expect(request.headers).toMatchObject({ host, "x-amz-account-id": AccountId });
  expect(request.headers.authorization).toMatch(/SignedHeaders=[^,]*host;x-amz-account-id/);
  expect(scopeOf(request)).toBe(scope);
});

test.each([
  ["eu-west-1", "organizations.us-east-1.amazonaws.com", "us-east-1/organizations"],
  ["cn-north-1", "organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1/organizations"],
  ["us-gov-east-1", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1/organizations"],
  ["eusc-de-east-1", "organizations.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1/organizations"],
])("Organizations is asked in the one region of the partition: %s", async (region, hostname, scope) => {
  const command = new organizations.ListPoliciesForTargetCommand({ TargetId: "ou-1", Filter: "SERVICE_CONTROL_POLICY" });
  const request = await sent(organizations.OrganizationsClient, command, region);

  expect(request).toMatchObject({ method: "POST", hostname, path: "/", body: '{"TargetId":"ou-1","Filter":"SERVICE_CONTROL_POLICY"}' });
  expect(request.headers["x-amz-target"]).toBe("AWSOrganizationsV20161128.ListPoliciesForTarget");
  expect(scopeOf(request)).toBe(scope);
});

let answer: { readonly status: number; readonly body: string };
let asked: { readonly url?: string; readonly host?: string; readonly account?: unknown };
let aws: Aws;
const server = createServer(({ url, headers }, answered) => {
  asked = {
    ...(url !== undefined && { url }),
    ...(headers.host !== undefined && { host: headers.host }),
    account: headers["x-amz-account-id"],
  };
  answered.writeHead(answer.status, { "x-amz-request-id": "1" }).end(answer.body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  aws = connector({ endpoint, env: { AWS_MAX_ATTEMPTS: "1" } })({ kind: "keys", ...credentials }, "eu-west-1");
});
afterAll(() => server.closeAllConnections());

test("an endpoint of the user's own is asked as it is, and told the account", async () => {
  answer = { status: 200, body: "<ListAccessPointsResult><AccessPointList/></ListAccessPointsResult>" };
  await aws.call("s3control:ListAccessPoints", { AccountId, Bucket: "acme" });

  expect(asked).toMatchObject({ url: "/v20180820/accesspoint?bucket=acme", account: AccountId });
  expect(asked.host).toMatch(/^127\.0\.0\.1:/);
});

test("answers in XML are read", async () => {
  answer = {
    status: 200,
    body: `<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">
      <BlockPublicAcls>true</BlockPublicAcls><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
  };
  expect(await aws.call("s3control:GetPublicAccessBlock", { AccountId })).toMatchObject({
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: false },
  });

  const points = ["one", "two"].map(
    (name) => `<AccessPoint><Name>${name}</Name><VpcConfiguration><VpcId>v</VpcId></VpcConfiguration></AccessPoint>`,
  );
  answer = {
    status: 200,
    body: `<ListAccessPointsResult><AccessPointList>${points.join("")}</AccessPointList><NextToken>n</NextToken></ListAccessPointsResult>`,
  };
  expect(await aws.call("s3control:ListAccessPoints", { AccountId, Bucket: "acme" })).toMatchObject({
    AccessPointList: [
      { Name: "one", VpcConfiguration: { VpcId: "v" } },
      { Name: "two", VpcConfiguration: { VpcId: "v" } },
    ],
    NextToken: "n",
  });

  const grant =
    "<AccessGrantId>1</AccessGrantId><Grantee><GranteeType>IAM</GranteeType><GranteeIdentifier>r</GranteeIdentifier></Grantee>" +
    "<Permission>READ</Permission><GrantScope>s3://acme/*</GrantScope>";
  answer = {
    status: 200,
    body: `<ListAccessGrantsResult><AccessGrantsList><AccessGrant>${grant}</AccessGrant></AccessGrantsList></ListAccessGrantsResult>`,
  };
  expect(await aws.call("s3control:ListAccessGrants", { AccountId })).toMatchObject({
    AccessGrantsList: [{ AccessGrantId: "1", Grantee: { GranteeType: "IAM", GranteeIdentifier: "r" }, GrantScope: "s3://acme/*" }],
  });

  answer = { status: 200, body: `<GetAccessPointPolicyResult><Policy>{"Statement":[]}</Policy></GetAccessPointPolicyResult>` };
  expect(await aws.call("s3control:GetAccessPointPolicy", { AccountId, Name: "one" })).toMatchObject({ Policy: '{"Statement":[]}' });
});

test("answers in JSON are read", async () => {
  answer = { status: 200, body: '{"Policies":[{"Id":"p-1","Name":"n","AwsManaged":true}],"NextToken":"t"}' };
  const listed = await aws.call("organizations:ListPoliciesForTarget", { TargetId: AccountId, Filter: "SERVICE_CONTROL_POLICY" });

  expect(listed).toMatchObject({ Policies: [{ Id: "p-1", Name: "n" }], NextToken: "t" });

  const PolicyTypes = [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }];
  answer = { status: 200, body: JSON.stringify({ Roots: [{ Id: "r-1", Arn: "a", PolicyTypes }] }) };
  expect(await aws.call("organizations:ListRoots", {})).toMatchObject({ Roots: [{ Id: "r-1", PolicyTypes }] });
});

test.each([
  [
    "s3control:GetAccessPointPolicy",
    404,
    "<ErrorResponse><Error><Code>NoSuchAccessPointPolicy</Code></Error></ErrorResponse>",
    "NoSuchAccessPointPolicy",
  ],
  ["s3control:GetPublicAccessBlock", 403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>", "AccessDenied"],
  ["organizations:DescribeOrganization", 400, '{"__type":"AWSOrganizationsNotInUseException"}', "AWSOrganizationsNotInUseException"],
  [
    "organizations:ListParents",
    400,
    '{"__type":"com.amazonaws.organizations#AccessDeniedException","Message":"no"}',
    "AccessDeniedException",
  ],
] as const)("%s: an error with status %s is read", async (operation, status, body, code) => {
  answer = { status, body };
  const failure = await aws.call(operation, { AccountId, Name: "one", ChildId: "1" } as never).then(
    () => undefined,
    (error) => failureOf(error, operation),
  );

  expect(failure).toMatchObject({ code, status });
});
