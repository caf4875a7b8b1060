# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

locals {
  region_partition = var.region == null ? null : startswith(var.region, "cn-") ? "aws-cn" : startswith(var.region, "us-gov-") ? "aws-us-gov" : startswith(var.region, "eusc-") ? "aws-eusc" : "aws"
  partition        = coalesce(var.partition, local.region_partition, "aws")
  region           = var.region != null ? var.region : data.aws_region.this.region
  encryption       = var.encryption
  key_prefixes     = [for path in [var.data_packs_path, var.audit_logs_path] : "${trimsuffix(path, "/")}/" if path != ""]
  granted_prefixes = var.least_privilege && length(local.key_prefixes) > 0 ? local.key_prefixes : [""]
}

# What 6sense must be able to do, and nobody else may: vendor-destination judges by it.
locals {
  contract = {
    cadence = jsondecode(var.audit_logs_path == "" ? jsonencode({}) : var.audit_logs_frequency == "Daily" ? jsonencode({ dailyAtUtc = "05:00", lateByMinutes = 240 }) : jsonencode({ everyMinutes = 60, lateByMinutes = 240 }))
    door    = "bucketPolicy"
    exercised = {
      bucketActions = ["s3:ListBucket"]
      objectActions = ["s3:PutObject", "s3:PutObjectAcl"]
    }
    externalIds = []
    granted = {
      bucketActions = ["s3:ListBucket"]
      endsAtPrefix  = var.least_privilege
      objectActions = ["s3:PutObject", "s3:PutObjectAcl"]
    }
    id            = "6sense/${var.bucket_name}"
    keyPrefixes   = local.key_prefixes
    partition     = local.partition
    schemaVersion = 1
    settings = {
      chosen = {
        encryption      = [var.encryption]
        objectOwnership = [var.object_ownership]
        versioning      = [var.versioning]
      }
      documented = {
        region = [
          "us-east-1",
          "us-east-2",
          "us-west-1",
          "us-west-2",
          "ap-south-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-northeast-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "ca-central-1",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "eu-central-1",
          "eu-north-1",
          "sa-east-1",
        ]
      }
    }
    vendor = {
      documentation = "https://support.6sense.com/docs/integrating-6sense-with-aws-s3"
      id            = "6sense"
      name          = "6sense"
      product       = "Data Packs and Audit Logs"
    }
    vendorPrincipals = [var.vendor_role_arn]
    accepted = concat([
      {
        code   = "R-xacct"
        reason = "6sense delivers by a grant to its own AWS account"
        source = "https://support.6sense.com/docs/integrating-6sense-with-aws-s3"
      },
      {
        code   = "R-acl"
        reason = "6sense asks for s3:PutObjectAcl, so ACLs must work in this bucket"
        source = "https://support.6sense.com/docs/integrating-6sense-with-aws-s3"
      },
    ], replace(var.bucket_name, ".", "") == var.bucket_name ? [] : [{ code = "R-dot", reason = "the bucket's name has a dot, which 6sense does not refuse", source = "https://support.6sense.com/docs/integrating-6sense-with-aws-s3" }])
    bucket = {
      arn    = aws_s3_bucket.this.arn
      name   = aws_s3_bucket.this.bucket
      region = local.region
    }
  }
}

data "aws_region" "this" {}

resource "aws_s3_bucket" "this" {
  bucket        = var.bucket_name
  force_destroy = var.force_destroy
  region        = var.region
  tags          = var.tags

  lifecycle {
    precondition {
      condition     = local.region_partition == null || local.partition == local.region_partition
      error_message = "WrongPartition: partition must be that of region; leave partition out, which follows from region"
    }

    precondition {
      condition     = local.encryption == "aws:kms" || var.kms_key_arn == null
      error_message = "KmsKeyWithoutKms: kms_key_arn is only for the encryption aws:kms; set encryption, or leave kms_key_arn out"
    }

    precondition {
      condition     = local.encryption != "aws:kms" || var.kms_key_arn != null
      error_message = "KmsWithoutKey: kms_key_arn must be given with the encryption aws:kms"
    }

    precondition {
      condition     = var.data_packs_path != "" || var.audit_logs_path != ""
      error_message = "NothingToDeliver: data_packs_path or audit_logs_path must be given, or both"
    }

    precondition {
      condition     = trimsuffix(var.data_packs_path, "/") != trimsuffix(var.audit_logs_path, "/")
      error_message = "EqualPaths: data_packs_path and audit_logs_path must differ"
    }

    precondition {
      condition     = contains(["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-south-1", "ap-northeast-2", "ap-northeast-3", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1", "sa-east-1"], local.region)
      error_message = "UnsupportedRegion: 6sense supports these 17 regions only: us-east-1, us-east-2, us-west-1, us-west-2, ap-south-1, ap-northeast-2, ap-northeast-3, ap-northeast-1, ap-southeast-1, ap-southeast-2, ca-central-1, eu-west-1, eu-west-2, eu-west-3, eu-central-1, eu-north-1, sa-east-1"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count  = var.abort_incomplete_multipart_upload_after_days != null ? 1 : 0
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_versioning.this,
  ]
  region = var.region

  rule {
    id     = "abort-incomplete-multipart-uploads"
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = var.abort_incomplete_multipart_upload_after_days
    }

    filter {
      prefix = ""
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_public_access_block.this,
  ]
  region = var.region

  rule {
    object_ownership = var.object_ownership
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_lifecycle_configuration.this,
  ]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      {
        Sid       = "AllowSSLRequestsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
      var.minimum_tls_version != null ? [{ Sid = "DenyOutdatedTLS", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"], Condition = { NumericLessThan = { "s3:TlsVersion" = var.minimum_tls_version } } }] : [],
      {
        Sid    = "AllowVendorOnBucket"
        Effect = "Allow"
        Principal = {
          AWS = var.vendor_role_arn
        }
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.this.arn
      },
      {
        Sid    = "AllowVendorOnObjects"
        Effect = "Allow"
        Principal = {
          AWS = var.vendor_role_arn
        }
        Action   = ["s3:PutObject", "s3:PutObjectAcl"]
        Resource = [for prefix in local.granted_prefixes : "${aws_s3_bucket.this.arn}/${prefix}*"]
      },
    ])
  })
  region = var.region

  lifecycle {
    precondition {
      condition     = can(regex("^arn:${local.partition}:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", var.vendor_role_arn))
      error_message = "InvalidArn: the vendor's principal must be the ARN of an IAM role in the partition ${local.partition}"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.this.bucket
  ignore_public_acls      = true
  region                  = var.region
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_ownership_controls.this,
  ]
  region = var.region

  rule {
    blocked_encryption_types = ["SSE-C"]
    bucket_key_enabled       = true

    apply_server_side_encryption_by_default {
      kms_master_key_id = var.kms_key_arn
      sse_algorithm     = var.encryption
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_server_side_encryption_configuration.this,
  ]
  region = var.region

  versioning_configuration {
    status = var.versioning
  }
}

resource "terraform_data" "lifecycle_configuration_changes" {
  count = var.abort_incomplete_multipart_upload_after_days != null ? 1 : 0

  lifecycle {
    replace_triggered_by = [
      aws_s3_bucket_lifecycle_configuration.this[0],
    ]
  }
}

resource "terraform_data" "validation" {
  depends_on = [
    aws_s3_bucket_policy.this,
  ]
  input = local.contract
  triggers_replace = {
    bucket                          = aws_s3_bucket.this.arn
    bucketPolicy                    = aws_s3_bucket_policy.this.policy
    contract                        = sha256(jsonencode(local.contract))
    encryption                      = jsonencode(aws_s3_bucket_server_side_encryption_configuration.this.rule)
    mode                            = var.validation
    ownership                       = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership
    program                         = try(filesha256("${path.module}/program/index.js"), "")
    publicAccessBlock               = jsonencode([aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy, aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets])
    resourceIds                     = jsonencode([aws_s3_bucket_policy.this.id, aws_s3_bucket_public_access_block.this.id, aws_s3_bucket_ownership_controls.this.id, aws_s3_bucket_server_side_encryption_configuration.this.id, aws_s3_bucket_versioning.this.id, one(aws_s3_bucket_lifecycle_configuration.this[*].id)])
    versioning                      = aws_s3_bucket_versioning.this.versioning_configuration[0].status
    lifecycle_configuration_changes = one(terraform_data.lifecycle_configuration_changes[*].id)
  }

  lifecycle {
    replace_triggered_by = [
      aws_s3_bucket_policy.this,
      aws_s3_bucket_public_access_block.this,
      aws_s3_bucket_ownership_controls.this,
      aws_s3_bucket_server_side_encryption_configuration.this,
      aws_s3_bucket_versioning.this,
    ]

    precondition {
      condition     = var.validation != "enforce" || fileexists("${path.module}/program/index.js")
      error_message = "ProgramMissing: the folder of the module must hold program/index.js, as its releases do; or set validation to warn or off"
    }
  }

  provisioner "local-exec" {
    command     = var.validation == "off" ? "exit 0" : var.validation == "warn" ? "node \"${path.module}/program/index.js\" validate || exit 0" : "node \"${path.module}/program/index.js\" validate"
    environment = merge(var.validation_environment, { for name, value in { AWS_PROFILE = var.validation_aws_profile, VENDOR_DESTINATION_ASSUME_ROLE_ARN = var.validation_assume_role_arn, VENDOR_DESTINATION_ON_UNKNOWN = var.validation_on_unknown, VENDOR_DESTINATION_TIMEOUT_SECONDS = var.validation_timeout_seconds, VENDOR_DESTINATION_VENDOR_AWS_PROFILE = var.validation_vendor_aws_profile, VENDOR_DESTINATION_WARN_ONLY = var.validation == "warn" ? "1" : "0" } : name => value if value != null }, { VENDOR_DESTINATION_CONTRACT = jsonencode(self.input) })
  }
}
