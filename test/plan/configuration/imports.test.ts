/** `import` blocks: the ID of a bucket or role is its name, where no argument asks for another one. */
import { expect, test } from "vitest";
import { showUnknown } from "../../../lib/unknown";
import { model } from "../read";

const SUFFIX = "20240102030405678900000001";

test.each([
  ["without a name", {}, "acme-logs", "acme-logs"],
  ["with its region in the ID", {}, "acme-logs@eu-west-1", "acme-logs"],
  ["with the prefix of the name", { bucket_prefix: "acme-" }, `acme-${SUFFIX}`, `acme-${SUFFIX}`],
  ["with another prefix", { bucket_prefix: "other-" }, `acme-${SUFFIX}`, "other-${aws_s3_bucket.logs.bucket}"],
  [
    "with a prefix and a name that Terraform did not generate",
    { bucket_prefix: "acme-" },
    "acme-logs",
    "acme-${aws_s3_bucket.logs.bucket}",
  ],
  ["with a prefix that is not known", { bucket_prefix: "${var.name}" }, "acme-logs", "${var.name}${aws_s3_bucket.logs.bucket}"],
  ["with a name that is not known", { bucket: "${var.name}" }, "acme-logs", "${var.name}"],
  ["with another name", { bucket: "other" }, "acme-logs", "other"],
  ["with an ID that is not known", {}, "${var.name}", "${aws_s3_bucket.logs.bucket}"],
])("an imported bucket %s", (_, logs, id, name) => {
  const { buckets } = model({ aws_s3_bucket: { logs } }, { variable: { name: {} }, import: [{ to: "aws_s3_bucket.logs", id }] });

  expect(buckets.map((bucket) => showUnknown(bucket.name))).toEqual([name]);
  expect(showUnknown(buckets[0]!.arn)).toBe(`arn:aws:s3:::${name}`);
});

test("an ID belongs to one instance", () => {
  const { buckets } = model(
    { aws_s3_bucket: { logs: { for_each: '${toset(["a", "b"])}' } } },
    { import: [{ to: 'aws_s3_bucket.logs["a"]', id: "acme-logs" }] },
  );

  expect(buckets.map((bucket) => showUnknown(bucket.name))).toEqual(["acme-logs", '${aws_s3_bucket.logs["b"].bucket}']);
});

test("an imported role is named by its ID", () => {
  const { roles } = model(
    { aws_iam_role: { vendor: { assume_role_policy: "{}" } } },
    { import: [{ to: "aws_iam_role.vendor", id: "vendor@delivery" }] },
  );

  expect(roles.map(({ name }) => name)).toEqual(["vendor@delivery"]);
});
