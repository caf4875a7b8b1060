resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  dynamic "rule" {
    for_each = { for rule in var.rules : rule.id => rule if rule.enabled }
    labels   = []

    content {
      id     = rule.key
      status = "Enabled"

      filter {
        prefix = try(rule.value.prefix, "")
      }

      dynamic "transition" {
        for_each = rule.value.transitions
        content {
          days          = transition.value.days
          storage_class = transition.value.class
        }
      }

      noncurrent_version_expiration { noncurrent_days = coalesce(rule.value.noncurrent, 30) }
    }
  }
}
