/** Override files, and blocks that say what exists already or stays. */
import { expect, test } from "vitest";
import { hasUnknown } from "../../../lib/unknown/placeholder";
import { only, shown, textFile } from "../read";

/** @see https://developer.hashicorp.com/terraform/language/files/override */
function overridden(main: string, override: string) {
  return only([textFile("main_override.tf", override), textFile("main.tf", main)]);
}

const ENCRYPTION = `
resource "aws_s3_bucket" "b" {
  bucket = "acme"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  %BLOCK%
}
`;
const STATIC = 'rule {\n apply_server_side_encryption_by_default {\n sse_algorithm = "AES256"\n }\n}';
const DYNAMIC =
  'dynamic "rule" {\n for_each = ["aws:kms"]\n content {\n apply_server_side_encryption_by_default {\n sse_algorithm = rule.value\n }\n }\n}';
const withBlock = (block: string): string => ENCRYPTION.replace("%BLOCK%", block);
const onlyEncryption = (block: string): string => withBlock(block).slice(withBlock(block).indexOf('resource "aws_s3_bucket_server'));

test.each([
  ["a block replaces a block", STATIC.replace("AES256", "aws:kms:dsse"), STATIC, "AES256"],
  ["a block replaces one that dynamic generates", DYNAMIC, STATIC, "AES256"],
  ["a block that dynamic generates replaces a block", STATIC, DYNAMIC, "aws:kms"],
  ["a block that dynamic generates replaces another one", DYNAMIC.replace("aws:kms", "AES256"), DYNAMIC, "aws:kms"],
])("in an override file, %s", (_, main, override, encryption) => {
  expect(overridden(withBlock(main), onlyEncryption(override)).buckets[0]).toMatchObject({ encryption });
});

test("the arguments of lifecycle are merged one by one", () => {
  const bucket = (lifecycle: string): string => `resource "aws_s3_bucket" "b" {\n bucket = "acme"\n lifecycle {\n ${lifecycle}\n }\n}\n`;

  const { buckets } = overridden(
    bucket("ignore_changes = [acl]").replace("lifecycle", `acl = "private"\n lifecycle`),
    bucket("prevent_destroy = true"),
  );

  expect(buckets[0]!.ignored).toMatchObject([{ argument: "acl" }]);
});

test("a provider is overridden by its alias", () => {
  const main = 'provider "aws" {\n region = "us-east-1"\n}\nprovider "aws" {\n alias = "eu"\n region = "eu-west-1"\n}\n';
  const bucket =
    'resource "aws_s3_bucket" "b" {\n bucket = "acme"\n provider = aws.eu\n}\nresource "aws_s3_bucket" "c" {\n bucket = "logs"\n}\n';

  const { buckets } = overridden(main + bucket, 'provider "aws" {\n alias = "eu"\n region = "eu-north-1"\n}\n');

  expect(buckets.map(({ name, region }) => [name, region])).toEqual([
    ["acme", "eu-north-1"],
    ["logs", "us-east-1"],
  ]);
});

test("a bucket that is imported exists, so that it need not have the settings of a new one", () => {
  const bucket = (key: string): string => `resource "aws_s3_bucket" "b${key}" {\n bucket = "acme${key}"\n}\n`;
  const imported = `import {\n to = aws_s3_bucket.b\n id = "acme"\n}\n`;

  const { buckets } = only([textFile("main.tf", bucket("") + bucket("-new") + imported)]);

  expect(hasUnknown(String(buckets[0]!.objectOwnership))).toBe(true);
  expect(buckets[1]!.objectOwnership).toBeUndefined();
});

test.each([
  ["aws_s3_bucket_policy.old", "lifecycle {\n destroy = false\n }", true],
  ["aws_iam_role_policy.old", "", true],
  ["module.old", "lifecycle {\n destroy = false\n }", true],
  ["aws_s3_bucket_policy.old", "lifecycle {\n destroy = true\n }", false],
  ["aws_sqs_queue.old", "lifecycle {\n destroy = false\n }", false],
])("of %s, removed with %j, it is %s that what stays is reported", (from, lifecycle, isReported) => {
  const { problems } = only([textFile("main.tf", `removed {\n from = ${from}\n ${lifecycle}\n}\n`)]);

  const message = `${from} is no longer managed, and AWS keeps it; check a plan, which shows what it holds`;
  expect(shown(problems.map(({ id, message: text }) => [id, text]))).toEqual(isReported ? [["plan-incomplete", message]] : []);
});
