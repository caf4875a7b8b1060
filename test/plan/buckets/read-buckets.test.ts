import { expect, test } from "vitest";
import { unknownText } from "../../../lib/unknown/placeholder";
import { model, shown } from "../read";

const bucket = { bucket: "${aws_s3_bucket.b.id}" };

test("settings come from the resources that configure them, with their locations", () => {
  const { buckets } = model({
    aws_s3_bucket: { b: { bucket: "acme", object_lock_enabled: true } },
    aws_s3_bucket_public_access_block: { x: { ...bucket, block_public_acls: true, restrict_public_buckets: "${var.nothing_such}" } },
    aws_s3_bucket_server_side_encryption_configuration: {
      x: {
        ...bucket,
        rule: {
          apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: "alias/k" },
          bucket_key_enabled: true,
        },
      },
    },
    aws_s3_bucket_versioning: { x: { ...bucket, versioning_configuration: [{ status: "Suspended" }] } },
    aws_s3_bucket_ownership_controls: { x: { ...bucket, rule: [{ object_ownership: "BucketOwnerPreferred" }] } },
    aws_s3_bucket_acl: { x: { ...bucket, acl: "log-delivery-write" } },
  });

  const [first] = buckets;
  expect(first).toMatchObject({
    encryption: "aws:kms",
    kmsKeyId: "alias/k",
    bucketKeyEnabled: "true",
    versioning: "Suspended",
    objectOwnership: "BucketOwnerPreferred",
    objectLock: "true",
    acl: "log-delivery-write",
    region: undefined,
    blockPublicAccess: { blockPublicAcls: "true", ignorePublicAcls: "false", blockPublicPolicy: "false" },
  });
  expect(shown(first!.blockPublicAccess.restrictPublicBuckets)).toBe("${var.nothing_such}");
  expect(first!.locations.versioning).toEqual({
    file: "test",
    address: "aws_s3_bucket_versioning.x",
    pointer: "/resource/aws_s3_bucket_versioning/x/versioning_configuration",
  });
  expect(first!.locations.blockPublicAcls!.pointer).toBe("/resource/aws_s3_bucket_public_access_block/x/block_public_acls");
});

test("settings that no resource configures are undefined", () => {
  const [only] = model({ aws_s3_bucket: { b: { bucket: "acme" } } }).buckets;

  expect(only).toMatchObject({
    encryption: undefined,
    versioning: undefined,
    objectOwnership: undefined,
    objectLock: undefined,
    acl: undefined,
  });
  expect(only!.blockPublicAccess).toEqual({
    blockPublicAcls: undefined,
    ignorePublicAcls: undefined,
    blockPublicPolicy: undefined,
    restrictPublicBuckets: undefined,
  });
});

test("the arguments of provider 3 are read", () => {
  const [only] = model({
    aws_s3_bucket: {
      b: {
        bucket: "acme",
        acl: "public-read",
        policy: '{"Version":"2012-10-17"}',
        versioning: { enabled: true },
        server_side_encryption_configuration: { rule: { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } } },
        object_lock_configuration: { object_lock_enabled: "Enabled" },
      },
    },
  }).buckets;

  expect(only).toMatchObject({ acl: "public-read", versioning: "Enabled", encryption: "AES256", objectLock: "true" });
  expect(only!.policies).toMatchObject([
    { document: { Version: "2012-10-17" }, location: { pointer: "/resource/aws_s3_bucket/b/policy" } },
  ]);
});

test("grants become the canned ACL with the same public access", () => {
  const grant = (uri: string, permission: string): object => ({
    grantee: { type: "Group", uri: `http://acs.amazonaws.com/groups/${uri}` },
    permission,
  });
  const aclOf = (...grants: object[]): unknown =>
    model({ aws_s3_bucket: { b: { bucket: "acme" } }, aws_s3_bucket_acl: { x: { ...bucket, access_control_policy: { grant: grants } } } })
      .buckets[0]!.acl;

  expect(aclOf(grant("global/AllUsers", "READ"))).toBe("public-read");
  expect(aclOf(grant("global/AllUsers", "READ"), grant("global/AllUsers", "WRITE"))).toBe("public-read-write");
  expect(aclOf(grant("global/AuthenticatedUsers", "READ"))).toBe("authenticated-read");
  expect(aclOf(grant("s3/LogDelivery", "WRITE"))).toBe("custom");
});

test("the account's Block Public Access makes settings stricter, never weaker, for buckets of the same account", () => {
  const [own, other] = ["111122223333", "444455556666"].map((id) => ({ allowed_account_ids: [id] }));
  const { buckets } = model(
    {
      aws_s3_bucket: {
        b: { bucket: "acme" },
        other: { bucket: "other", provider: "aws.other" },
        any: { bucket: "any", provider: "aws.any" },
      },
      aws_s3_bucket_public_access_block: { x: { ...bucket, block_public_acls: true } },
      aws_s3_account_public_access_block: { a: { restrict_public_buckets: true, block_public_acls: false } },
    },
    { provider: { aws: [own, { alias: "other", ...other }, { alias: "any", profile: "any" }] } },
  );

  expect(buckets[0]!.blockPublicAccess).toMatchObject({
    blockPublicAcls: "true",
    restrictPublicBuckets: "true",
    blockPublicPolicy: "false",
  });
  expect(buckets[0]!.locations.restrictPublicBuckets!.address).toBe("aws_s3_account_public_access_block.a");
  expect(buckets[1]!.blockPublicAccess.restrictPublicBuckets).toBeUndefined();
  expect(shown(buckets[2]!.blockPublicAccess.restrictPublicBuckets)).toContain("whether aws_s3_account_public_access_block.a covers");
});

test("a generated name keeps its prefix, and all references to it are the same text", () => {
  const { buckets } = model({
    aws_s3_bucket: { b: { bucket_prefix: "acme-" }, c: {} },
    aws_s3_bucket_policy: { p: { ...bucket, policy: '{"Resource":"${aws_s3_bucket.b.arn}/*"}' } },
  });

  const [first, second] = buckets;
  expect(first!.name).toBe(`acme-${unknownText("aws_s3_bucket.b.bucket", "name")}`);
  expect(first!.policies[0]!.document).toEqual({ Resource: `${first!.arn}/*` });
  expect(shown(second!.name)).toBe("${aws_s3_bucket.c.bucket}");
});

test("a policy for a bucket outside the plan gives a bucket with a known name and unknown settings", () => {
  const { buckets } = shown(
    model({
      aws_s3_bucket_policy: { p: { bucket: "elsewhere", policy: "{}" } },
      aws_s3_bucket_versioning: { v: { bucket: "elsewhere", versioning_configuration: { status: "Enabled" } } },
    }),
  );

  expect(buckets).toMatchObject([
    {
      address: "aws_s3_bucket_policy.p",
      name: "elsewhere",
      arn: "arn:aws:s3:::elsewhere",
      encryption: "${encryption of bucket elsewhere}",
      versioning: "Enabled",
      blockPublicAccess: { blockPublicAcls: "${blockPublicAcls of bucket elsewhere}" },
      policies: [{ document: {} }],
    },
  ]);
});

test("fails on two policies for one bucket, however they refer to it", () => {
  const { buckets, problems } = model({
    aws_s3_bucket: { b: { bucket: "acme" } },
    aws_s3_bucket_policy: { one: { ...bucket, policy: "{}" }, two: { bucket: "acme", policy: "{}" } },
  });

  expect(buckets[0]!.policies).toHaveLength(2);
  expect(problems).toMatchObject([{ id: "two-bucket-policies", location: { address: "aws_s3_bucket_policy.two" } }]);
  expect(problems[0]!.message).toContain("aws_s3_bucket_policy.one and aws_s3_bucket_policy.two");
});

test("fails on a policy that is not JSON, and on one that is an object", () => {
  const { buckets, problems } = model({
    aws_s3_bucket_policy: {
      one: { bucket: "one", policy: "{oops" },
      two: { bucket: "two", policy: { Version: "2012-10-17" } },
      three: { bucket: "three" },
    },
  });

  expect(problems.map(({ id, location }) => [id, location.address])).toEqual([
    ["policy-not-json", "aws_s3_bucket_policy.one"],
    ["policy-not-text", "aws_s3_bucket_policy.two"],
  ]);
  expect(shown(buckets.map(({ policies }) => policies[0]!.document))).toEqual([
    "${aws_s3_bucket_policy.one.policy}",
    { Version: "2012-10-17" },
    "${aws_s3_bucket_policy.three.policy}",
  ]);
});

test("a policy may hold placeholders for whole values", () => {
  const policy = '{"Statement":${jsonencode(var.statements)},"Version":"2012-10-17","Id":"${var.name}"}';

  const { buckets } = model({ aws_s3_bucket_policy: { p: { bucket: "b", policy } } }, { variable: { statements: {}, name: {} } });

  expect(shown(buckets[0]!.policies[0]!.document)).toEqual({ Statement: "${var.statements}", Version: "2012-10-17", Id: "${var.name}" });
});

test("input cannot fake a placeholder", () => {
  const [only] = model(
    { aws_s3_bucket_policy: { p: { bucket: "b", policy: JSON.stringify({ Sid: "\u0000x\u0000", y: "${var.y}" }) } } },
    { variable: { y: {} } },
  ).buckets;

  expect(only!.policies[0]!.document).toEqual({ Sid: "\ufffdx\ufffd", y: unknownText("var.y") });
});

test("resources that affect access but are not read are reported", () => {
  const { problems } = model({ aws_s3_access_point: { a: {} }, awscc_s3_bucket: { b: {} }, google_storage_bucket: { c: {} } });

  expect(problems.map(({ id, location }) => [id, location.address])).toEqual([
    ["unsupported-resource", "aws_s3_access_point.a"],
    ["unsupported-resource", "awscc_s3_bucket.b"],
  ]);
});
