resource "aws_s3_bucket" "legacy" {
  bucket = "acme-legacy"
  acl    = "private"

  versioning {
    enabled = true
  }

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.logs.arn
      }
    }
  }

  lifecycle_rule {
    id      = "expire"
    enabled = true
    expiration { days = 90 }
  }
  lifecycle_rule {
    id      = "archive"
    enabled = false
    transition {
      days          = 30
      storage_class = "GLACIER"
    }
    transition {
      days          = 60
      storage_class = "DEEP_ARCHIVE"
    }
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [acl, tags["Owner"], server_side_encryption_configuration[0].rule]
  }
}
