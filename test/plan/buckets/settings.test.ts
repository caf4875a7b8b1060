import { expect, test } from "vitest";
import { model, shown } from "../read";

const BUCKET = { b: { bucket: "acme-logs" } };
const OPEN = { block_public_acls: false, ignore_public_acls: false, block_public_policy: false, restrict_public_buckets: false };
const SHUT = { block_public_acls: true, ignore_public_acls: true, block_public_policy: true, restrict_public_buckets: true };

test("two resources that configure the same setting of a bucket are rivals", () => {
  const { buckets } = model({
    aws_s3_bucket: BUCKET,
    aws_s3_bucket_public_access_block: { one: { bucket: "acme-logs", ...OPEN }, two: { bucket: "acme-logs", ...SHUT } },
  });

  expect(buckets[0]!.rivals?.map(({ addresses }) => addresses)).toEqual([
    ["aws_s3_bucket_public_access_block.one", "aws_s3_bucket_public_access_block.two"],
  ]);
});

test("what rivals set differently is unknown, whichever comes first", () => {
  const half = { ...SHUT, restrict_public_buckets: false };
  for (const [one, two] of [[half, SHUT] as const, [SHUT, half] as const]) {
    const { buckets } = shown(
      model({
        aws_s3_bucket: BUCKET,
        aws_s3_bucket_public_access_block: { one: { bucket: "acme-logs", ...one }, two: { bucket: "acme-logs", ...two } },
      }),
    );

    expect(buckets[0]!.blockPublicAccess).toMatchObject({
      blockPublicAcls: "true",
      restrictPublicBuckets:
        "${restrictPublicBuckets of this bucket, which aws_s3_bucket_public_access_block.two and another resource set differently}",
    });
  }
});

test("an argument of the bucket and a resource that configure the same setting are rivals", () => {
  const { buckets } = model({
    aws_s3_bucket: { b: { bucket: "acme-logs", versioning: { enabled: true } } },
    aws_s3_bucket_versioning: { v: { bucket: "acme-logs", versioning_configuration: { status: "Disabled" } } },
  });

  expect(buckets[0]!.rivals?.map(({ addresses }) => addresses)).toEqual([["aws_s3_bucket.b", "aws_s3_bucket_versioning.v"]]);
});

test("booleans may be written as 1 and 0 in quotes", () => {
  const { buckets } = model({
    aws_s3_bucket: BUCKET,
    aws_s3_bucket_public_access_block: { p: { bucket: "acme-logs", block_public_acls: "1", ignore_public_acls: "0" } },
  });

  expect(buckets[0]!.blockPublicAccess).toMatchObject({ blockPublicAcls: "true", ignorePublicAcls: "false", blockPublicPolicy: "false" });
});
