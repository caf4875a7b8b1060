/**
 * What people have beside a destination, in forms that public modules write, in the root module of the destination and in one of its own.
 * Nothing is known of the account, as in most configurations.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, folder } from "../cli/run-program";

const VENDOR = ["--vendor", "kandji", "--vendor-account-id", "222222222222", "--vendor-role-name", "kandji-activity", "--role", "delivery"];

const { provider, ...DESTINATION } = JSON.parse(readFileSync(join(__dirname, "variants", "destination.tf.json"), "utf8"));

/** A sound bucket whose name is the expression. */
const bucketNamed = (name: string, more = "") => `
  data "aws_caller_identity" "current" {}
  data "aws_region" "current" {}
  resource "aws_s3_bucket" "n" {
    bucket = ${name}
  }
  resource "aws_s3_bucket_public_access_block" "n" {
    bucket                  = aws_s3_bucket.n.id
    block_public_acls       = true
    block_public_policy     = true
    ignore_public_acls      = true
    restrict_public_buckets = true
  }
  resource "aws_s3_bucket_policy" "n" {
    bucket = aws_s3_bucket.n.id
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.n.arn, "\${aws_s3_bucket.n.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }]
    })
  }
  ${more}`;

const NEIGHBOURS: readonly (readonly [string, string, number])[] = [
  ["a bucket named after the account", bucketNamed('"artifacts-${data.aws_caller_identity.current.account_id}"'), 0],
  [
    "a bucket named after the account and the Region",
    bucketNamed('"${data.aws_caller_identity.current.account_id}-${data.aws_region.current.name}-artifacts"'),
    0,
  ],
  [
    "a bucket named after the account that admits the vendor",
    bucketNamed(
      '"artifacts-${data.aws_caller_identity.current.account_id}"',
      `resource "aws_s3_bucket_policy" "vendor" {
        bucket = aws_s3_bucket.n.id
        policy = jsonencode({
          Version   = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Principal = { AWS = "arn:aws:iam::222222222222:role/kandji-activity" }
            Action    = "s3:GetObject"
            Resource  = "\${aws_s3_bucket.n.arn}/*"
          }]
        })
      }`,
    ),
    1,
  ],
  [
    "a bucket for CloudFront whose policy has tokens for names",
    `resource "aws_cloudfront_origin_access_identity" "n" {
      comment = "site"
    }
    data "aws_caller_identity" "current" {}
    data "aws_iam_policy_document" "n" {
      statement {
        effect    = "Deny"
        actions   = ["s3:*"]
        resources = ["arn:aws:s3:::_BUCKET_", "arn:aws:s3:::_BUCKET_/*"]
        principals {
          type        = "*"
          identifiers = ["*"]
        }
        condition {
          test     = "Bool"
          variable = "aws:SecureTransport"
          values   = ["false"]
        }
      }
      statement {
        actions   = ["s3:GetObject"]
        resources = ["arn:aws:s3:::_BUCKET_/*"]
        principals {
          type        = "AWS"
          identifiers = [aws_cloudfront_origin_access_identity.n.iam_arn, "arn:aws:iam::\${data.aws_caller_identity.current.account_id}:role/web"]
        }
      }
    }
    resource "aws_s3_bucket" "n" {
      bucket = "acme-site"
    }
    resource "aws_s3_bucket_public_access_block" "n" {
      bucket                  = aws_s3_bucket.n.id
      block_public_acls       = true
      block_public_policy     = true
      ignore_public_acls      = true
      restrict_public_buckets = true
    }
    resource "aws_s3_bucket_policy" "n" {
      bucket = aws_s3_bucket.n.id
      policy = replace(join("", compact(["", data.aws_iam_policy_document.n.json])), "_BUCKET_", aws_s3_bucket.n.id)
    }`,
    0,
  ],
  [
    "a policy for the destination whose bucket a module names that is not read",
    `module "names" {
      source = "git::https://example.com/names.git"
    }
    resource "aws_s3_bucket_policy" "n" {
      bucket = module.names.id
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::999999999999:root" }
          Action    = "s3:GetObject"
          Resource  = "arn:aws:s3:::acme-logs/*"
        }]
      })
    }`,
    1,
  ],
  ["a KMS key whose policy is an empty text", 'resource "aws_kms_key" "k" {\n policy = ""\n}', 0],
  ["a KMS key whose policy is no JSON", 'resource "aws_kms_key" "k" {\n policy = " "\n}', 1],
  ["a bucket that a variable names", bucketNamed("var.name", 'variable "name" {}'), 0],
];

describe.each([
  ["in its root module", ""],
  ["in another root module", "neighbour/"],
])("%s, a destination may have beside it", (_, own) => {
  test.each(NEIGHBOURS)("%s", async (_name, hcl, exitCode) => {
    const path = folder({
      "destination.tf.json": { ...DESTINATION, provider: { aws: { region: provider.aws.region } } },
      [`${own}neighbour.tf`]: hcl,
    });

    const { code, out } = await cli("check", path, ...VENDOR, "--bucket", "acme-logs");

    expect(code, out).toBe(exitCode);
  });
});
