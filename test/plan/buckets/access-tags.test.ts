/** The tags of a bucket that conditions see: those of a bucket with ABAC. */
import { expect, test } from "vitest";
import { model } from "../read";

const TAGGED = { bucket: "acme-logs", tags: { Team: "data", "dp:exclude:identity": "true" } };
const abac = (status: unknown, bucket: unknown = "acme-logs") => ({ aws_s3_bucket_abac: { a: { bucket, abac_status: [{ status }] } } });
const TAGS = { team: "data", "dp:exclude:identity": "true" };
const VARIABLE = { variable: { v: {} } };

test.each<[string, object, object, object | undefined]>([
  ["all of a bucket with ABAC, with keys in lower case", { b: TAGGED }, abac("Enabled"), TAGS],
  ["none where ABAC is disabled", { b: TAGGED }, abac("Disabled"), {}],
  ["none where nothing enables ABAC", { b: TAGGED }, {}, {}],
  ["none where another bucket has ABAC", { b: TAGGED }, abac("Enabled", "other-logs"), {}],
  ["none of a bucket without tags", { b: { bucket: "acme-logs" } }, abac("Enabled"), {}],
  ["unknown where the status is", { b: TAGGED }, abac("${var.v}"), undefined],
  ["unknown where the bucket of the status is", { b: TAGGED }, abac("Enabled", "${var.v}"), undefined],
  ["unknown where a tag is, and ABAC is enabled", { b: { ...TAGGED, tags: "${var.v}" } }, abac("Enabled"), undefined],
  ["none where a tag is unknown, and ABAC is disabled", { b: { ...TAGGED, tags: "${var.v}" } }, abac("Disabled"), {}],
  [
    "unknown where Terraform ignores changes to tags",
    { b: { ...TAGGED, lifecycle: { ignore_changes: ["tags"] } } },
    abac("Enabled"),
    undefined,
  ],
  ["known where Terraform ignores other changes", { b: { ...TAGGED, lifecycle: { ignore_changes: ["logging"] } } }, abac("Enabled"), TAGS],
])("%s", (_, aws_s3_bucket, more, expected) => {
  const { buckets } = model({ aws_s3_bucket, ...more }, VARIABLE);

  expect(buckets[0]!.accessTags).toEqual(expected);
});

test("those of the provider count too", () => {
  const { buckets } = model(
    { aws_s3_bucket: { b: { bucket: "acme-logs", tags: { team: "data" } } }, ...abac("Enabled") },
    { provider: { aws: { default_tags: { tags: { stage: "prod", team: "all" } } } } },
  );

  expect(buckets[0]!.accessTags).toEqual({ stage: "prod", team: "data" });
});

test("a bucket that is only named in a policy has unknown ones", () => {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const { buckets } = model({ aws_s3_bucket_policy: { p: { bucket: "acme-logs", policy } } });

  expect(buckets[0]).toMatchObject({ isReferenced: true });
  expect(buckets[0]!.accessTags).toBeUndefined();
});

test("two resources that differ leave them unknown", () => {
  const two = {
    a: { bucket: "acme-logs", abac_status: [{ status: "Enabled" }] },
    b: { bucket: "acme-logs", abac_status: [{ status: "Disabled" }] },
  };
  const { buckets } = model({ aws_s3_bucket: { b: TAGGED }, aws_s3_bucket_abac: two });

  expect(buckets[0]!.accessTags).toBeUndefined();
});
