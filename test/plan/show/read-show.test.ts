import { expect, test } from "vitest";
import { FIRST_PLAN, FIRST_PLAN_SOURCES, fixture, jsonFile, only, shown, textFile } from "../read";

test("a first plan, in which computed attributes are unknown, is resolved through its configuration", () => {
  const account = shown(only([FIRST_PLAN], FIRST_PLAN_SOURCES));

  expect(account).toMatchObject({ name: "first-apply/plan.json", source: "plan", problems: [] });
  expect(account.buckets).toHaveLength(2);
  const [bucket] = account.buckets;
  expect(bucket).toMatchObject({
    address: "aws_s3_bucket.logs",
    name: "acme-logs",
    arn: "arn:aws:s3:::acme-logs",
    region: "eu-west-1",
    blockPublicAccess: { blockPublicAcls: "true", restrictPublicBuckets: "true" },
    encryption: "aws:kms",
    bucketKeyEnabled: "true",
    versioning: "Enabled",
    objectLock: "false",
    location: { pointer: "/planned_values/root_module/resources/0" },
  });
  expect(bucket!.kmsKeyId).toBe("${aws_kms_key.k.arn}");
  expect(bucket).not.toHaveProperty("acl");
  expect(account.contracts[0]!.contract).toMatchObject({
    bucket: { name: "acme-logs", arn: "arn:aws:s3:::acme-logs" },
  });
});

test("a policy document that is read during apply is built from its arguments", () => {
  const [bucket] = shown(only([FIRST_PLAN], FIRST_PLAN_SOURCES)).buckets;

  expect(bucket!.policies).toHaveLength(1);
  expect(bucket!.policies[0]!.document).toMatchObject({
    Statement: [
      {
        Sid: "Tls",
        Effect: "Deny",
        Resource: ["arn:aws:s3:::acme-logs/*", "arn:aws:s3:::acme-logs"],
        Principal: "*",
      },
      { Sid: "Vendor", Resource: "arn:aws:s3:::acme-logs/*", Principal: { AWS: "arn:aws:iam::111122223333:role/in/vendor" } },
    ],
  });
});

test("roles of a first plan have their policies, and the account that a data source returned", () => {
  const [role] = shown(only([FIRST_PLAN], FIRST_PLAN_SOURCES)).roles;

  expect(role).toMatchObject({ name: "vendor", arn: "arn:aws:iam::111122223333:role/in/vendor" });
  expect(role!.trustPolicy.document).toMatchObject({ Statement: [{ Principal: { AWS: "arn:aws:iam::123456789012:role/deliver" } }] });
  expect(role!.inlinePolicies).toMatchObject([
    { name: "write", document: { Statement: [{ Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/*" }] } },
  ]);
  expect(role!.managedPolicies).toMatchObject([{ name: "shared", document: { Statement: [] } }]);
});

test("a bucket inside a module is found by its output, also where the module has instances", () => {
  const archive = shown(only([FIRST_PLAN], FIRST_PLAN_SOURCES)).buckets[1];

  expect(archive).toMatchObject({
    address: 'module.archive["eu"].aws_s3_bucket.this[0]',
    name: 'archive-${module.archive["eu"].aws_s3_bucket.this[0].bucket}',
    versioning: "Suspended",
    objectLock: "true",
    policies: [{ location: { address: 'aws_s3_bucket_policy.archive["eu"]' } }],
  });
});

test("without the files that it was made of, a first plan tells only what its arguments may refer to", () => {
  const [bucket] = shown(only([FIRST_PLAN])).buckets;
  const [role] = shown(only([FIRST_PLAN])).roles;

  expect(bucket).toMatchObject({ name: "acme-logs", arn: "arn:aws:s3:::acme-logs" });
  expect(bucket!.versioning).toBe("${whether aws_s3_bucket_versioning.logs sets versioning of this bucket}");
  expect(bucket!.policies.every(({ isUncertain }) => isUncertain)).toBe(true);
  expect(role!.inlinePolicies.map(({ document }) => document)).toEqual([
    "${what aws_iam_role_policy.write does to the policies of this role}",
  ]);
});

test.each([
  ["another expression with other references", "bucket = aws_s3_bucket.logs.id", 'bucket = "${aws_s3_bucket.other.id}"'],
  ["a file that cannot be read", 'resource "aws_s3_bucket" "logs" {', "resource {"],
])("%s does not count", (_, before, after) => {
  const [main, ...others] = FIRST_PLAN_SOURCES;
  const changed = textFile(main!.path, new TextDecoder().decode(main!.bytes).replaceAll(before, after));

  const [bucket] = shown(only([FIRST_PLAN], [changed, ...others])).buckets;

  expect(bucket!.versioning).toMatch(/^\$\{whether aws_s3_bucket_versioning\.logs sets/);
});

test("an argument that only contains a reference is what its expression makes of it", () => {
  const [main, ...others] = FIRST_PLAN_SOURCES;
  const changed = textFile(
    main!.path,
    new TextDecoder().decode(main!.bytes).replaceAll("bucket = aws_s3_bucket.logs.id", 'bucket = "${aws_s3_bucket.logs.id}-archive"'),
  );

  const [bucket] = shown(only([FIRST_PLAN], [changed, ...others])).buckets;

  expect(bucket!.versioning).toBeUndefined();
  expect(bucket!.policies).toEqual([]);
});

test("policies that a state repeats count once", () => {
  const account = shown(only([fixture("applied.state.json")]));

  const [bucket] = account.buckets;
  expect(account).toMatchObject({ source: "state", problems: [] });
  expect(bucket!.policies.map(({ location }) => location.address)).toEqual(["aws_s3_bucket_policy.logs"]);
  expect(bucket).toMatchObject({ encryption: "AES256", bucketKeyEnabled: "false", objectOwnership: "BucketOwnerPreferred" });
  expect(bucket!.versioning).toBe("${aws_s3_bucket.logs.versioning, disabled or suspended}");
  const [role] = account.roles;
  expect(role!.inlinePolicies.map(({ name, location }) => [name, location.address])).toEqual([
    ["write", "aws_iam_role_policy.write"],
    ["by-hand", "aws_iam_role.vendor"],
  ]);
  expect(role!.managedPolicies.map(({ name }) => name)).toEqual(["ReadOnlyAccess"]);
  expect(role!.permissionsBoundary).toBeUndefined();
});

test("empty plans, destroying plans and empty states describe empty accounts", () => {
  const empty = { buckets: [], roles: [], contracts: [], problems: [] };

  expect(only([jsonFile("p.json", { format_version: "1.2", planned_values: { root_module: {} } })])).toMatchObject({
    source: "plan",
    ...empty,
  });
  expect(only([jsonFile("s.json", { format_version: "1.0" })])).toMatchObject({ source: "state", ...empty });
});

test("a plan that Terraform could not finish is reported", () => {
  const { problems } = only([jsonFile("p.json", { format_version: "1.2", planned_values: { root_module: {} }, errored: true })]);

  expect(problems).toMatchObject([{ id: "plan-incomplete" }]);
});

test("references that an argument may only contain are not followed", () => {
  const resource = (type: string, name: string, values: object, address = `${type}.${name}`): object => ({
    address,
    mode: "managed",
    type,
    name,
    values,
  });
  const change = (type: string, name: string, after_unknown: object): object => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    change: { actions: ["create"], after: {}, after_unknown },
  });
  const plan = {
    planned_values: {
      root_module: { resources: [resource("aws_s3_bucket", "b", { bucket: "acme" }), resource("aws_s3_bucket_policy", "p", {})] },
    },
    resource_changes: [change("aws_s3_bucket_policy", "p", { bucket: true, policy: true })],
    configuration: {
      root_module: {
        resources: [
          {
            mode: "managed",
            type: "aws_s3_bucket_policy",
            name: "p",
            expressions: {
              bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b", "aws_s3_bucket.c.id", "aws_s3_bucket.c"] },
              policy: { references: ["aws_s3_bucket.b.arn", "aws_s3_bucket.b"] },
            },
          },
        ],
      },
    },
  };

  const { buckets } = shown(only([jsonFile("p.json", plan)]));

  // It may be the policy of the only bucket; what it says stays open.
  expect(buckets.map(({ name }) => name)).toEqual(["acme"]);
  expect(buckets[0]!.policies[0]!.document).toBe("${whether aws_s3_bucket_policy.p is the policy of this bucket}");
});
