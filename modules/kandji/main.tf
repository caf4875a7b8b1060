# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

locals {
  region_partition  = var.region == null ? null : startswith(var.region, "cn-") ? "aws-cn" : startswith(var.region, "us-gov-") ? "aws-us-gov" : startswith(var.region, "eusc-") ? "aws-eusc" : "aws"
  partition         = coalesce(var.partition, local.region_partition, "aws")
  default_role_name = "kandji-${var.bucket_name}"
  role_name         = var.role_name != null ? var.role_name : length(local.default_role_name) <= 64 ? local.default_role_name : "${substr(local.default_role_name, 0, 55)}-${substr(sha256(local.default_role_name), 0, 8)}"
  key_prefixes      = [for path in [var.destination_path] : "${trimsuffix(path, "/")}/" if path != ""]
  granted_prefixes  = var.least_privilege && length(local.key_prefixes) > 0 ? local.key_prefixes : [""]
}

# What Kandji must be able to do, and nobody else may: vendor-destination judges by it.
locals {
  contract = merge({
    cadence = {
      everyMinutes               = 60
      firstDeliveryWithinMinutes = 120
    }
    door = "assumedRole"
    exercised = {
      bucketActions = ["s3:ListBucket"]
      objectActions = ["s3:PutObject", "s3:DeleteObject"]
    }
    externalIds = []
    granted = {
      bucketActions = ["s3:ListBucket"]
      endsAtPrefix  = var.least_privilege
      objectActions = var.least_privilege ? ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"] : ["s3:*"]
    }
    id        = "kandji/${var.bucket_name}"
    partition = local.partition
    role = {
      arn  = aws_iam_role.this.arn
      name = aws_iam_role.this.name
    }
    schemaVersion = 1
    vendor = {
      documentation = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration"
      id            = "kandji"
      name          = "Kandji"
      product       = "Activity Log"
    }
    vendorPrincipals = ["arn:${local.partition}:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"]
    accepted = concat(concat([
      {
        code   = "R-ver"
        reason = "Kandji asks to keep bucket versioning disabled"
        source = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration"
      },
      {
        code   = "R-kms"
        reason = "Kandji supports the default encryption SSE-S3 only"
        source = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration"
      },
    ], var.least_privilege ? [] : [{ code = "R-wild", reason = "Kandji documents s3:* on the objects of the bucket", source = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration" }]), replace(var.bucket_name, ".", "") == var.bucket_name ? [] : [{ code = "R-dot", reason = "the bucket's name has a dot, which Kandji does not refuse", source = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration" }])
    bucket = merge({
      arn  = aws_s3_bucket.this.arn
      name = aws_s3_bucket.this.bucket
    }, var.region == null ? {} : { region = var.region })
    keyPrefixes = local.key_prefixes
    settings = {
      chosen = merge({
        objectOwnership = [var.object_ownership]
      }, var.region == null ? {} : { region = [var.region] })
      documented = {
        bucketKeyEnabled = ["true"]
        encryption       = ["AES256"]
        versioning       = ["Disabled"]
      }
    }
  }, var.validator_principal_arn == null ? {} : { validator = { principalArn = var.validator_principal_arn, sessionName = "vendor-destination-validation" } })
}

resource "aws_iam_role" "this" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      {
        Sid    = "AllowVendorToAssumeRole"
        Effect = "Allow"
        Principal = {
          AWS = "arn:${local.partition}:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"
        }
        Action = "sts:AssumeRole"
      },
      var.validator_principal_arn != null ? [{ Sid = "AllowValidatorToAssumeRole", Effect = "Allow", Principal = { AWS = var.validator_principal_arn }, Action = "sts:AssumeRole", Condition = { StringEquals = { "sts:RoleSessionName" = "vendor-destination-validation" } } }] : [],
    ])
  })
  description          = "Assumed by Kandji to deliver Activity Log into an S3 bucket"
  name                 = local.role_name
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = can(regex("^arn:${local.partition}:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", "arn:${local.partition}:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"))
      error_message = "InvalidArn: the vendor's principal must be the ARN of an IAM role in the partition ${local.partition}"
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name = "vendor-delivery"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "AllowVendorOnBucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.this.arn
      },
      {
        Sid      = "AllowVendorOnObjects"
        Effect   = "Allow"
        Action   = var.least_privilege ? ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"] : ["s3:*"]
        Resource = [for prefix in local.granted_prefixes : "${aws_s3_bucket.this.arn}/${prefix}*"]
      },
    ]
  })
  role = aws_iam_role.this.name
}

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
    ])
  })
  region = var.region
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
      sse_algorithm = "AES256"
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
    status = "Disabled"
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
    aws_iam_role_policy.this,
  ]
  input = local.contract
  triggers_replace = {
    bucket                          = aws_s3_bucket.this.arn
    bucketPolicy                    = aws_s3_bucket_policy.this.policy
    contract                        = sha256(jsonencode(local.contract))
    encryption                      = jsonencode(aws_s3_bucket_server_side_encryption_configuration.this.rule)
    inlinePolicy                    = aws_iam_role_policy.this.policy
    mode                            = var.validation
    ownership                       = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership
    program                         = try(filesha256("${path.module}/program/index.js"), "")
    publicAccessBlock               = jsonencode([aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy, aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets])
    resourceIds                     = jsonencode([aws_s3_bucket_policy.this.id, aws_s3_bucket_public_access_block.this.id, aws_s3_bucket_ownership_controls.this.id, aws_s3_bucket_server_side_encryption_configuration.this.id, aws_s3_bucket_versioning.this.id, one(aws_s3_bucket_lifecycle_configuration.this[*].id), aws_iam_role_policy.this.id])
    role                            = aws_iam_role.this.unique_id
    trustPolicy                     = aws_iam_role.this.assume_role_policy
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
      aws_iam_role_policy.this,
      aws_iam_role.this.assume_role_policy,
      aws_iam_role.this.permissions_boundary,
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
