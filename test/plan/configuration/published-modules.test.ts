/** What published modules for buckets and roles write: switches, labels, lists of at most one, and documents from objects. */
import { expect, test } from "vitest";
import { only, textFile } from "../read";

const LABEL = `
variable "namespace" {
  type    = string
  default = null
}
variable "name" {
  type    = string
  default = null
}
variable "context" {
  type    = any
  default = { enabled = true, delimiter = null, order = [], tags = {} }
}
locals {
  enabled   = var.context.enabled
  input     = { namespace = coalesce(var.namespace, lookup(var.context, "namespace", null), "none"), name = var.name }
  delimiter = var.context.delimiter == null ? "-" : var.context.delimiter
  order     = length(var.context.order) > 0 ? var.context.order : ["namespace", "name", "attributes"]
  values    = { for key, value in local.input : key => lower(replace(coalesce(value, ""), "/[^-a-zA-Z0-9]/", "")) }
  id_full   = join(local.delimiter, [for part in local.order : local.values[part] if try(length(local.values[part]), 0) > 0])
}
output "id" {
  value = local.enabled ? local.id_full : ""
}
output "enabled" {
  value = local.enabled
}
`;

const BUCKET = `
variable "name" {
  type    = string
  default = "Logs"
}
variable "create" {
  type    = bool
  default = true
}
variable "server_side_encryption_configuration" {
  type    = any
  default = {}
}
module "label" {
  source    = "../label"
  namespace = "acme"
  name      = var.name
}
locals {
  create = var.create && module.label.enabled
}
resource "aws_s3_bucket" "this" {
  count  = local.create ? 1 : 0
  bucket = module.label.id
}
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count  = local.create && length(keys(var.server_side_encryption_configuration)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  dynamic "rule" {
    for_each = try(flatten([var.server_side_encryption_configuration["rule"]]), [])
    content {
      bucket_key_enabled = try(rule.value.bucket_key_enabled, null)
      dynamic "apply_server_side_encryption_by_default" {
        for_each = try([rule.value.apply_server_side_encryption_by_default], [])
        content {
          sse_algorithm     = apply_server_side_encryption_by_default.value.sse_algorithm
          kms_master_key_id = try(apply_server_side_encryption_by_default.value.kms_master_key_id, null)
        }
      }
    }
  }
}
data "aws_iam_policy_document" "tls" {
  count = local.create ? 1 : 0
  statement {
    sid       = "DenyHttp"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this[0].arn, "\${aws_s3_bucket.this[0].arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = [false]
    }
  }
}
data "aws_iam_policy_document" "all" {
  count                   = local.create ? 1 : 0
  source_policy_documents = compact([one(data.aws_iam_policy_document.tls[*].json), ""])
}
resource "aws_s3_bucket_policy" "this" {
  count  = local.create ? 1 : 0
  bucket = join("", aws_s3_bucket.this[*].id)
  policy = data.aws_iam_policy_document.all[0].json
}
output "id" {
  value = try(aws_s3_bucket.this[0].id, "")
}
output "arn" {
  value = element(concat(aws_s3_bucket.this.*.arn, [""]), 0)
}
`;

const ROLE = `
variable "name" {
  type = string
}
variable "trust" {
  type = map(object({
    sid        = optional(string)
    actions    = optional(list(string), ["sts:AssumeRole"])
    principals = list(object({ type = string, identifiers = list(string) }))
    conditions = optional(list(object({ test = string, variable = string, values = list(string) })), [])
  }))
}
data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = var.trust
    content {
      sid     = try(coalesce(statement.value.sid, statement.key))
      actions = statement.value.actions
      dynamic "principals" {
        for_each = statement.value.principals
        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }
      dynamic "condition" {
        for_each = statement.value.conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}
resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
`;

const MAIN = `
module "bucket" {
  source = "./bucket"
  server_side_encryption_configuration = {
    rule = { bucket_key_enabled = true, apply_server_side_encryption_by_default = { sse_algorithm = "AES256" } }
  }
}
module "role" {
  source = "./role"
  name   = "\${module.bucket.id}-delivery"
  trust  = { Vendor = { principals = [{ type = "AWS", identifiers = ["arn:aws:iam::222222222222:role/vendor"] }] } }
}
resource "aws_iam_role_policy" "write" {
  name   = "write"
  role   = "acme-logs-delivery"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "\${module.bucket.arn}/*" }] })
}
`;

test("a bucket and a role of modules are known to the last argument", () => {
  const { buckets, roles, problems } = only([
    textFile("main.tf", MAIN),
    textFile("bucket/main.tf", BUCKET),
    textFile("label/main.tf", LABEL),
    textFile("role/main.tf", ROLE),
  ]);

  expect(problems).toEqual([]);
  expect(buckets).toMatchObject([
    {
      name: "acme-logs",
      encryption: "AES256",
      bucketKeyEnabled: "true",
      policies: [{ document: { Statement: [{ Sid: "DenyHttp", Condition: { Bool: { "aws:SecureTransport": "false" } } }] } }],
    },
  ]);
  expect(roles).toMatchObject([
    {
      name: "acme-logs-delivery",
      trustPolicy: { document: { Statement: [{ Sid: "Vendor", Principal: { AWS: "arn:aws:iam::222222222222:role/vendor" } }] } },
      inlinePolicies: [{ document: { Statement: [{ Resource: "arn:aws:s3:::acme-logs/*" }] } }],
    },
  ]);
});
