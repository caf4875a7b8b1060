variable "name" {
  type = string
}

variable "settings" {
  type = object({
    encryption = optional(string)
    tls_only   = optional(bool, true)
    ownership  = optional(string, "BucketOwnerEnforced")
  })
  default = {}
}

locals {
  statements = concat(
    var.settings.tls_only ? ["tls"] : [],
    [],
  )
}

resource "aws_s3_bucket" "this" {
  bucket = lower(replace(var.name, "/[^A-Za-z0-9-]+/", "-"))
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count = var.settings.ownership == null ? 0 : 1

  bucket = aws_s3_bucket.this.id
  rule {
    object_ownership = var.settings.ownership
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = var.settings.encryption != null ? 1 : 0

  bucket = aws_s3_bucket.this.id

  dynamic "rule" {
    for_each = [var.settings.encryption]
    content {
      apply_server_side_encryption_by_default {
        sse_algorithm = rule.value
      }
      bucket_key_enabled = true
    }
  }
}

data "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = toset(local.statements)
    content {
      sid       = title(statement.key)
      effect    = "Deny"
      actions   = ["s3:*"]
      resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
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
}

resource "aws_s3_bucket_policy" "this" {
  count = length(local.statements) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this.id
  policy = one(data.aws_iam_policy_document.this[*].json)
}

output "arn" {
  value = try(aws_s3_bucket.this.arn, "")
}
