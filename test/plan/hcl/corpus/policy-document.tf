data "aws_iam_policy_document" "bucket" {
  source_policy_documents = [for d in var.documents : d if d != null]

  statement {
    sid       = "AllowSSLRequestsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*"]
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

  dynamic "statement" {
    for_each = var.grants
    iterator = grant
    content {
      sid       = "Grant${title(grant.key)}"
      actions   = grant.value.actions
      resources = formatlist("%s/%s*", aws_s3_bucket.logs.arn, grant.value.prefixes)

      dynamic "condition" {
        for_each = lookup(grant.value, "conditions", {})
        content {
          test     = condition.value["test"]
          variable = condition.key
          values   = condition.value.values
        }
      }
    }
  }
}
