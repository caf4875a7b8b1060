/** Resources whose bucket or role cannot be resolved, or that may not exist: they make unknown what they may change. */
import { describe, expect, test } from "vitest";
import { possibleOwnersOf } from "../../../lib/plan/resources/unresolved-owner";
import { hasUnknown, unknownText } from "../../../lib/unknown/placeholder";
import { model, shown } from "../read";

const BUCKET = { b: { bucket: "acme-logs" } };
const ROLE = { r: { name: "deliver", assume_role_policy: '{"Version":"2012-10-17"}' } };
const OPEN = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
const SHUT = { block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true };
const policyOf = (arn: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn }] });

describe("where the bucket or role of a resource cannot be resolved", () => {
  test("an inline policy or an attachment may belong to any role", () => {
    const { roles } = model(
      {
        aws_iam_role: ROLE,
        aws_iam_role_policy: { p: { role: "${var.role}", policy: '{"Id":"p"}' } },
        aws_iam_role_policy_attachment: { a: { role: "${var.role}", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
      },
      { variable: { role: {} } },
    );

    expect(roles[0]!.inlinePolicies).toHaveLength(2);
    expect(roles[0]!.inlinePolicies.every(({ document }) => hasUnknown(String(document)))).toBe(true);
  });

  test("a policy for the output of a module does not belong to a role outside that module", () => {
    const { roles } = model({
      aws_iam_role: ROLE,
      aws_iam_role_policy: { p: { role: "${module.other.role_name}", policy: '{"Id":"p"}' } },
    });

    expect(roles[0]!.inlinePolicies).toEqual([]);
  });

  test("a setting that no other resource configures is unknown", () => {
    const { buckets } = model(
      { aws_s3_bucket: BUCKET, aws_s3_bucket_public_access_block: { p: { bucket: "${var.bucket}", ...SHUT } } },
      { variable: { bucket: {} } },
    );

    expect(hasUnknown(buckets[0]!.blockPublicAccess.blockPublicAcls!)).toBe(true);
  });

  test("a setting that another resource configures the same stays known", () => {
    const { buckets } = model(
      {
        aws_s3_bucket: BUCKET,
        aws_s3_bucket_public_access_block: { o: { bucket: "${var.bucket}", ...SHUT }, p: { bucket: "acme-logs", ...SHUT } },
      },
      { variable: { bucket: {} } },
    );

    expect(buckets[0]!.blockPublicAccess.blockPublicAcls).toBe("true");
  });

  test("a setting that another resource configures differently is unknown", () => {
    const { buckets } = model(
      {
        aws_s3_bucket: BUCKET,
        aws_s3_bucket_public_access_block: { o: { bucket: "${var.bucket}", ...OPEN }, p: { bucket: "acme-logs", ...SHUT } },
      },
      { variable: { bucket: {} } },
    );

    expect(hasUnknown(buckets[0]!.blockPublicAccess.blockPublicAcls!)).toBe(true);
  });

  test("a bucket policy belongs to the bucket that it names", () => {
    const { buckets } = shown(
      model(
        {
          aws_s3_bucket: { ...BUCKET, c: { bucket: "other" } },
          aws_s3_bucket_policy: { p: { bucket: "${var.bucket}", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
        },
        { variable: { bucket: {} } },
      ),
    );

    expect(buckets.map(({ name, policies }) => [name, policies.length])).toEqual([
      ["acme-logs", 1],
      ["other", 0],
    ]);
  });
});

describe("where it is unknown whether a resource exists", () => {
  test("its settings and policies are unknown", () => {
    const maybe = { count: "${var.wanted ? 1 : 0}" };
    const { buckets, roles } = model(
      {
        aws_s3_bucket: BUCKET,
        aws_iam_role: ROLE,
        aws_s3_bucket_public_access_block: { p: { ...maybe, bucket: "acme-logs", ...SHUT } },
        aws_s3_bucket_policy: { p: { ...maybe, bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") } },
        aws_iam_role_policy: { p: { for_each: "${var.names}", role: "deliver", policy: '{"Id":"p"}' } },
      },
      { variable: { wanted: {}, names: {} } },
    );

    expect(hasUnknown(buckets[0]!.blockPublicAccess.restrictPublicBuckets!)).toBe(true);
    expect(hasUnknown(String(buckets[0]!.policies[0]!.document))).toBe(true);
    expect(hasUnknown(String(roles[0]!.inlinePolicies[0]!.document))).toBe(true);
  });
});

describe("an unresolved name may mean", () => {
  const addresses = ["aws_s3_bucket.a", "module.m.aws_s3_bucket.b", 'module.n["x"].aws_s3_bucket.c'];
  const owners = (source: string) => addresses.filter(possibleOwnersOf(unknownText(source), addresses));

  test.each([
    ["the resource that it refers to", "aws_s3_bucket.a.id, from aws_s3_bucket.a", ["aws_s3_bucket.a"]],
    ["any instance of a resource", 'module.n["x"].aws_s3_bucket_policy.p.bucket, from module.n["x"].aws_s3_bucket.c[0].id', [addresses[2]]],
    ["a bucket of the module whose output it is", "aws_s3_bucket_policy.p.bucket, from module.m.ids", [addresses[1]]],
    ["no bucket, where the module has none", "module.other.bucket_id", []],
    ["a bucket of the module in which it is written", "module.m.aws_s3_bucket_policy.p.bucket, from module.m.local.id", [addresses[1]]],
    ["any bucket, where it comes from a variable", "aws_s3_bucket_policy.p.bucket, from var.bucket", addresses],
    ["any bucket, inside a module without buckets", "module.parts.aws_s3_bucket_policy.p.bucket, from module.parts.var.bucket", addresses],
  ])("%s", (_, source, expected) => {
    expect(owners(source)).toEqual(expected);
  });
});

test("an uncertain policy counts, but does not make two policies", () => {
  const { buckets, problems } = model(
    {
      aws_s3_bucket: BUCKET,
      aws_s3_bucket_policy: {
        own: { bucket: "acme-logs", policy: policyOf("arn:aws:s3:::acme-logs/*") },
        other: { bucket: "${var.bucket}", policy: policyOf("arn:aws:s3:::someone/*") },
      },
    },
    { variable: { bucket: {} } },
  );

  expect(buckets[0]!.policies.map(({ isUncertain }) => isUncertain ?? false)).toEqual([false, true]);
  expect(problems).toEqual([]);
});

test.each([
  [
    "a policy attachment of roles",
    "aws_iam_policy_attachment",
    { roles: "${var.roles}", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  ["an exclusive resource for a role", "aws_iam_role_policies_exclusive", { role_name: "${var.role}", policy_names: [] }],
  ["an exclusive list", "aws_iam_role_policies_exclusive", { role_name: "deliver", policy_names: "${var.names}" }],
])("%s that is unknown makes the policies of the role unknown", (_, type, resource) => {
  const { roles } = model({ aws_iam_role: ROLE, [type]: { x: resource } }, { variable: { role: {}, roles: {}, names: {} } });

  expect(roles[0]!.inlinePolicies.map(({ document }) => hasUnknown(String(document)))).toEqual([true]);
});
