/**
 * What policies may ask of a request, beside a sound destination: 0 where AWS decides it, 1 where that breaks something, 3 where it depends
 * on what the vendor sends.
 */
import { describe, expect, test } from "vitest";
import { cli, folder } from "../cli/run-program";

type Statement = Record<string, unknown>;
type Condition = Record<string, Record<string, unknown>>;

interface Variant {
  readonly trust?: readonly Statement[];
  readonly role?: readonly Statement[];
  readonly bucket?: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly roleArguments?: Record<string, unknown>;
  readonly bucketArguments?: Record<string, unknown>;
  readonly provider?: Record<string, unknown>;
  readonly ownership?: string;
  readonly more?: Record<string, Record<string, Record<string, unknown>>>;
  readonly arguments?: readonly string[];
}

const OWN = "111111111111";
const [BUCKET, OBJECTS] = ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"];
const SSE = "s3:x-amz-server-side-encryption";
const [KANDJI, SIXTH] = ["arn:aws:iam::222222222222:role/kandji-activity", "arn:aws:iam::222222222222:role/sixth"];

const VENDORS = {
  kandji: ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity", "--role", "delivery"],
  sixsense: ["--vendor", "6sense", "--vendor-role-arn", SIXTH, "--data-packs-path", "packs"],
};

const policy = (statements: readonly Statement[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Action: unknown, Resource: unknown, more: Statement = {}): Statement => ({ Effect: "Allow", Action, Resource, ...more });
const deny = (Action: unknown, condition: Condition, more: Statement = {}): Statement => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource: [BUCKET, OBJECTS],
  Condition: condition,
  ...more,
});
const SSL = deny("s3:*", { Bool: { "aws:SecureTransport": "false" } });
const TRUST = { Effect: "Allow", Principal: { AWS: KANDJI }, Action: "sts:AssumeRole" };
const LIST = allow("s3:ListBucket", BUCKET);
const ALL = allow("s3:*", OBJECTS);
const GRANT = [
  allow("s3:ListBucket", BUCKET, { Principal: { AWS: SIXTH } }),
  allow(["s3:PutObject", "s3:PutObjectAcl"], OBJECTS, { Principal: { AWS: SIXTH } }),
];

function configuration(vendor: keyof typeof VENDORS, variant: Variant): object {
  const isRole = vendor === "kandji";
  const { trust = [TRUST], role = [LIST, ALL], bucket = [], boundary, more } = variant;
  return {
    provider: { aws: { region: "eu-central-1", allowed_account_ids: [OWN], ...variant.provider } },
    resource: {
      aws_s3_bucket: { logs: { bucket: "acme-logs", ...variant.bucketArguments } },
      aws_s3_bucket_public_access_block: {
        logs: {
          bucket: "acme-logs",
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
      aws_s3_bucket_ownership_controls: {
        logs: {
          bucket: "acme-logs",
          rule: { object_ownership: variant.ownership ?? (isRole ? "BucketOwnerEnforced" : "BucketOwnerPreferred") },
        },
      },
      aws_s3_bucket_server_side_encryption_configuration: {
        logs: {
          bucket: "acme-logs",
          rule: { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: true },
        },
      },
      aws_s3_bucket_policy: { logs: { bucket: "acme-logs", policy: policy([SSL, ...(isRole ? [] : GRANT), ...bucket]) } },
      ...(isRole && {
        aws_iam_role: {
          delivery: {
            name: "delivery",
            assume_role_policy: policy(trust),
            ...(boundary && { permissions_boundary: "${aws_iam_policy.boundary.arn}" }),
            ...variant.roleArguments,
          },
        },
        aws_iam_role_policy: { delivery: { name: "put", role: "delivery", policy: policy(role) } },
        ...(boundary && { aws_iam_policy: { boundary: { name: "boundary", policy: policy(boundary) } } }),
      }),
      ...more,
    },
  };
}

async function exitCodeOf(vendor: keyof typeof VENDORS, variant: Variant): Promise<{ code: number; out: string }> {
  const path = folder({ "main.tf.json": configuration(vendor, variant) });
  return cli("check", path, ...VENDORS[vendor], "--bucket", "acme-logs", ...(variant.arguments ?? []));
}

type Row = readonly [what: string, variant: Variant, exitCode: 0 | 1 | 3];

const KEEPS = (condition: Condition) => ({ boundary: [allow("*", "*"), { ...deny("*", condition), Principal: undefined, Resource: "*" }] });

describe("Kandji", () => {
  test.each<Row>([
    ["nothing more", {}, 0],
    // Keys that the vendor chooses or nobody tells.
    [
      "lists with a prefix only",
      { role: [allow("s3:ListBucket", BUCKET, { Condition: { StringLike: { "s3:prefix": "activity/*" } } }), ALL] },
      3,
    ],
    [
      "lists with a prefix or none",
      { role: [allow("s3:ListBucket", BUCKET, { Condition: { StringLikeIfExists: { "s3:prefix": "activity/*" } } }), ALL] },
      3,
    ],
    [
      "lists with few keys",
      { role: [allow("s3:ListBucket", BUCKET, { Condition: { NumericLessThanEquals: { "s3:max-keys": "10" } } }), ALL] },
      3,
    ],
    ["lists with a delimiter", { bucket: [deny("s3:ListBucket", { StringNotEquals: { "s3:delimiter": "/" } })] }, 3],
    ["TLS 1.2 at least", { bucket: [deny("s3:*", { NumericLessThan: { "s3:TlsVersion": "1.2" } })] }, 0],
    ["TLS 1.3 at least", { bucket: [deny("s3:*", { NumericLessThan: { "s3:TlsVersion": 1.3 } })] }, 3],
    ["TLS 1.4 at least", { bucket: [deny("s3:*", { NumericLessThan: { "s3:TlsVersion": "1.4" } })] }, 1],
    [
      "conditional writes",
      { bucket: [deny("s3:PutObject", { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } })] },
      3,
    ],
    ["conditional writes of copies", { bucket: [deny("s3:PutObject", { Null: { "s3:if-match": "true" } })] }, 3],
    ["a storage class", { bucket: [deny("s3:PutObject", { StringNotEquals: { "s3:x-amz-storage-class": "STANDARD_IA" } })] }, 3],
    ["tags of the object", { bucket: [deny("s3:PutObject", { Null: { "s3:RequestObjectTag/owner": "true" } })] }, 3],
    ["the referrer", { bucket: [deny("s3:*", { StringNotLike: { "aws:Referer": "https://acme.com/*" } })] }, 3],
    ["the user agent", { bucket: [deny("s3:*", { StringNotEquals: { "aws:UserAgent": "acme" } })] }, 3],
    ["signed payloads", { bucket: [deny("s3:*", { StringEquals: { "s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD" } })] }, 3],
    ["signatures in headers", { bucket: [deny("s3:*", { StringNotEquals: { "s3:authType": "REST-HEADER" } })] }, 3],
    ["signature version 2 denied", { bucket: [deny("s3:*", { StringEquals: { "s3:signatureversion": "AWS" } })] }, 0],
    ["an ACL header", { bucket: [deny("s3:PutObject", { StringNotEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } })] }, 3],
    [
      "no public ACL",
      { bucket: [deny("s3:PutObject", { StringEquals: { "s3:x-amz-acl": ["public-read", "public-read-write", "authenticated-read"] } })] },
      0,
    ],
    [
      "KMS alone, which the vendor does not support",
      { bucket: [deny("s3:PutObject", { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } })] },
      1,
    ],
    [
      "KMS alone, where it is named",
      { bucket: [deny("s3:PutObject", { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "aws:kms" } })] },
      1,
    ],
    [
      "SSE-S3 alone, where it is named",
      { bucket: [deny("s3:PutObject", { StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "AES256" } })] },
      3,
    ],
    [
      "another encryption than SSE-S3, where one is named",
      { bucket: [deny("s3:PutObject", { Null: { [SSE]: "false" }, StringNotEquals: { [SSE]: "AES256" } })] },
      0,
    ],
    [
      "another encryption than KMS, where one is named",
      { bucket: [deny("s3:PutObject", { Null: { [SSE]: "false" }, StringNotEquals: { [SSE]: "aws:kms" } })] },
      3,
    ],
    ["a KMS key", { bucket: [deny("s3:PutObject", { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "true" } })] }, 3],
    [
      "keys of the customer",
      { bucket: [deny("s3:PutObject", { Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" } })] },
      3,
    ],
    // Place and time.
    ["an address range", { bucket: [deny("s3:*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })] }, 3],
    ["a private address range", { bucket: [deny("s3:*", { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } })] }, 1],
    ["a private address range denied", { bucket: [deny("s3:*", { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] } })] }, 0],
    [
      "a private address range for some keys only",
      { bucket: [deny("s3:*", { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, { Resource: `${BUCKET}/activity/2027/*` })] },
      1,
    ],
    ["a private address range in a VPC", { bucket: [deny("s3:*", { NotIpAddressIfExists: { "aws:VpcSourceIp": "10.0.0.0/8" } })] }, 3],
    ["a VPC endpoint", { bucket: [deny("s3:*", { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } })] }, 3],
    ["a VPC", { bucket: [deny("s3:*", { StringNotEquals: { "aws:SourceVpc": "vpc-1a2b3c4d" } })] }, 3],
    ["until a day that is over", { bucket: [deny("s3:*", { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })] }, 1],
    ["before a day that is over", { bucket: [deny("s3:*", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })] }, 0],
    ["until a day to come", { bucket: [deny("s3:*", { DateGreaterThan: { "aws:CurrentTime": "2090-01-01T00:00:00Z" } })] }, 3],
    ["until a second that is over", { bucket: [deny("s3:*", { NumericGreaterThan: { "aws:EpochTime": "1577836800" } })] }, 1],
    [
      "an Allow that is over",
      { role: [LIST, allow("s3:*", OBJECTS, { Condition: { DateLessThan: { "aws:CurrentTime": "2020-01-01" } } })] },
      1,
    ],
    [
      "the Region of the bucket",
      {
        bucketArguments: { region: "eu-central-1" },
        bucket: [deny("s3:*", { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } })],
      },
      0,
    ],
    [
      "another Region than the bucket's",
      { bucketArguments: { region: "eu-central-1" }, bucket: [deny("s3:*", { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } })] },
      1,
    ],
    ["the Region of STS", { trust: [{ ...TRUST, Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } } }] }, 3],
    // Organizations.
    ["the own organization's resources", KEEPS({ StringNotEquals: { "aws:ResourceOrgID": "o-abcdefghij" } }), 3],
    [
      "the own organization's resources, where they have one",
      KEEPS({ StringNotEqualsIfExists: { "aws:ResourceOrgID": "o-abcdefghij" } }),
      3,
    ],
    ["a place in the organization", KEEPS({ "ForAllValues:StringNotLike": { "aws:ResourceOrgPaths": "o-abcdefghij/*" } }), 3],
    ["the own account's resources", KEEPS({ StringNotEquals: { "aws:ResourceAccount": OWN } }), 0],
    ["another account's resources", KEEPS({ StringNotEquals: { "aws:ResourceAccount": "333333333333" } }), 1],
    ["the own organization's principals", { bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } })] }, 3],
    // Tags.
    [
      "a tag of the role",
      { roleArguments: { tags: { team: "logs" } }, bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "logs" } })] },
      0,
    ],
    [
      "a tag of the role by default",
      {
        provider: { default_tags: { tags: { team: "logs" } } },
        bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/Team": "logs" } })],
      },
      0,
    ],
    [
      "another value of the tag",
      { roleArguments: { tags: { team: "apps" } }, bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "logs" } })] },
      1,
    ],
    ["a tag that the role lacks", { bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "logs" } })] }, 1],
    [
      "a tag that is not known",
      {
        roleArguments: { tags: { team: "${var.team}" } },
        bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "logs" } })],
      },
      3,
    ],
    [
      "a tag of the session",
      {
        trust: [{ ...TRUST, Action: ["sts:AssumeRole", "sts:TagSession"] }],
        roleArguments: { tags: { team: "logs" } },
        bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "logs" } })],
      },
      3,
    ],
    ["a tag of the vendor's role", { trust: [{ ...TRUST, Condition: { StringEquals: { "aws:PrincipalTag/team": "logs" } } }] }, 3],
    [
      "a tag of the role that is assumed",
      { roleArguments: { tags: { team: "logs" } }, trust: [{ ...TRUST, Condition: { StringEquals: { "aws:ResourceTag/team": "logs" } } }] },
      0,
    ],
    ["a session name", { trust: [{ ...TRUST, Condition: { StringEquals: { "sts:RoleSessionName": "kandji" } } }] }, 3],
    ["a source identity", { trust: [{ ...TRUST, Condition: { StringLike: { "sts:SourceIdentity": "*" } } }] }, 3],
    ["multi-factor", { trust: [{ ...TRUST, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }] }, 1],
    ["no root users, who do not call", { bucket: [deny("s3:*", { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } })] }, 0],
    [
      "the unique ID of the role",
      { bucket: [deny("s3:*", { StringNotLike: { "aws:userId": "${aws_iam_role.delivery.unique_id}:*" } })] },
      0,
    ],
    ["another unique ID", { bucket: [deny("s3:*", { StringNotLike: { "aws:userId": "AROAEXAMPLEEXAMPLE01:*" } })] }, 3],
    // External IDs.
    [
      "both external IDs",
      {
        trust: [{ ...TRUST, Condition: { StringEquals: { "sts:ExternalId": ["a-1", "a-2"] } } }],
        arguments: ["--external-id", "a-1", "--external-id", "a-2"],
      },
      0,
    ],
    [
      "the first external ID",
      {
        trust: [{ ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "a-1" } } }],
        arguments: ["--external-id", "a-1", "--external-id", "a-2"],
      },
      1,
    ],
    [
      "the second external ID",
      {
        trust: [{ ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "a-2" } } }],
        arguments: ["--external-id", "a-1", "--external-id", "a-2"],
      },
      1,
    ],
    [
      "both by two statements",
      {
        trust: ["a-1", "a-2"].map((id) => ({ ...TRUST, Condition: { StringEquals: { "sts:ExternalId": id } } })),
        arguments: ["--external-id", "a-1", "--external-id", "a-2"],
      },
      0,
    ],
    ["no external ID", { arguments: ["--external-id", "a-1"] }, 1],
    [
      "any external ID",
      { trust: [{ ...TRUST, Condition: { Null: { "sts:ExternalId": "false" } } }], arguments: ["--external-id", "a-1"] },
      1,
    ],
    [
      "a Deny of none",
      {
        trust: [TRUST, { ...TRUST, Effect: "Deny", Condition: { Null: { "sts:ExternalId": "true" } } }],
        arguments: ["--external-id", "a-1"],
      },
      1,
    ],
    [
      "a Deny of others",
      {
        trust: [TRUST, { ...TRUST, Effect: "Deny", Condition: { StringNotEquals: { "sts:ExternalId": "a-1" } } }],
        arguments: ["--external-id", "a-1"],
      },
      0,
    ],
    [
      "a Deny of others, where there is one",
      {
        trust: [TRUST, { ...TRUST, Effect: "Deny", Condition: { StringNotEqualsIfExists: { "sts:ExternalId": "a-1" } } }],
        arguments: ["--external-id", "a-1"],
      },
      0,
    ],
    [
      "a beginning of the external ID",
      { trust: [{ ...TRUST, Condition: { StringLike: { "sts:ExternalId": "a-*" } } }], arguments: ["--external-id", "a-1"] },
      1,
    ],
    [
      "the external ID or none",
      { trust: [{ ...TRUST, Condition: { StringEqualsIfExists: { "sts:ExternalId": "a-1" } } }], arguments: ["--external-id", "a-1"] },
      1,
    ],
    [
      "the external ID in other letters",
      { trust: [{ ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "A-1" } } }], arguments: ["--external-id", "a-1"] },
      1,
    ],
    // What modules write.
    ["an empty list of services", { trust: [{ ...TRUST, Principal: { AWS: KANDJI, Service: [] } }] }, 0],
    ["empty lists of services and federations", { trust: [{ ...TRUST, Principal: { AWS: [KANDJI], Service: [], Federated: [] } }] }, 0],
    ["an empty list of principals alone", { trust: [{ ...TRUST, Principal: { AWS: [] } }] }, 1],
    ["session tags allowed", { trust: [{ ...TRUST, Action: ["sts:AssumeRole", "sts:TagSession"] }] }, 0],
    ["a source identity allowed", { trust: [{ ...TRUST, Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"] }] }, 0],
    ["any partition", { role: [allow("s3:ListBucket", "arn:*:s3:::acme-logs"), allow("s3:*", "arn:*:s3:::acme-logs/*")] }, 0],
    ["a private ACL at creation", { bucketArguments: { acl: "private" } }, 0],
    ["a public ACL at creation", { bucketArguments: { acl: "public-read" } }, 1],
    ["a private ACL by a resource of its own", { more: { aws_s3_bucket_acl: { logs: { bucket: "acme-logs", acl: "private" } } } }, 1],
    ["the role trusts itself", { trust: [{ ...TRUST, Principal: { AWS: [KANDJI, `arn:aws:iam::${OWN}:role/delivery`] } }] }, 0],
    ["one role name in two accounts", { more: { aws_iam_user: { other: { name: "delivery" } } } }, 0],
    ["a misspelt action", { role: [LIST, allow(["s3:PutObjekt", "s3:GetObject", "s3:DeleteObject"], OBJECTS)] }, 1],
    ["a misspelt action beside the right ones", { role: [LIST, ALL, allow("s3:ListBukket", BUCKET)] }, 1],
  ])("%s", async (_, variant, exitCode) => {
    const { code, out } = await exitCodeOf("kandji", variant);

    expect(code, out).toBe(exitCode);
  });
});

describe("6sense", () => {
  test.each<Row>([
    ["nothing more", {}, 0],
    [
      "an ACL that leaves the object to the owner",
      { bucket: [deny("s3:PutObject", { StringNotEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } })] },
      3,
    ],
    ["no ACL", { bucket: [deny("s3:PutObject", { Null: { "s3:x-amz-acl": "false" } })] }, 3],
    ["a grant to the owner", { bucket: [deny("s3:PutObject", { Null: { "s3:x-amz-grant-full-control": "true" } })] }, 3],
    [
      "no public ACL",
      {
        bucket: [
          deny(["s3:PutObject", "s3:PutObjectAcl"], {
            StringEquals: { "s3:x-amz-acl": ["public-read", "public-read-write", "authenticated-read"] },
          }),
        ],
      },
      0,
    ],
    ["KMS alone", { bucket: [deny("s3:PutObject", { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } })] }, 3],
    ["TLS 1.3 at least", { bucket: [deny("s3:*", { NumericLessThan: { "s3:TlsVersion": "1.3" } })] }, 3],
    ["a tag of the vendor's role", { bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalTag/team": "logs" } })] }, 3],
    ["the vendor's organization", { bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } })] }, 3],
    ["an address range", { bucket: [deny("s3:*", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })] }, 3],
    ["roles, which the vendor is", { bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalType": "AssumedRole" } })] }, 0],
    ["users, which the vendor is not", { bucket: [deny("s3:*", { StringNotEquals: { "aws:PrincipalType": "User" } })] }, 1],
    ["services, which the vendor is not", { bucket: [deny("s3:*", { Bool: { "aws:PrincipalIsAWSService": "false" } })] }, 1],
    [
      "a source account, which requests of the vendor lack",
      { bucket: [deny("s3:*", { StringNotEquals: { "aws:SourceAccount": OWN } })] },
      1,
    ],
    ["through a service, as requests of the vendor do not come", { bucket: [deny("s3:*", { Bool: { "aws:ViaAWSService": "true" } })] }, 0],
    [
      "a stranger who names a prefix",
      { bucket: [allow("s3:ListBucket", BUCKET, { Principal: { AWS: "*" }, Condition: { StringLike: { "s3:prefix": "x*" } } })] },
      1,
    ],
    [
      "a stranger who names a referrer",
      { bucket: [allow("s3:GetObject", OBJECTS, { Principal: "*", Condition: { StringLike: { "aws:Referer": "https://acme.com/*" } } })] },
      1,
    ],
    [
      "a stranger with a tag",
      {
        bucket: [
          allow("s3:GetObject", OBJECTS, { Principal: { AWS: "*" }, Condition: { StringEquals: { "aws:PrincipalTag/team": "logs" } } }),
        ],
      },
      1,
    ],
    [
      "an account kept out by a prefix alone",
      {
        bucket: [
          allow("s3:ListBucket", BUCKET, { Principal: { AWS: "999999999999" } }),
          deny("s3:ListBucket", { StringNotLike: { "s3:prefix": "x*" } }),
        ],
      },
      1,
    ],
  ])("%s", async (_, variant, exitCode) => {
    const { code, out } = await exitCodeOf("sixsense", variant);

    expect(code, out).toBe(exitCode);
  });
});
