# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

locals {
  default_role_name = "kandji-${var.bucket_name}"
  role_name         = var.role_name != null ? var.role_name : length(local.default_role_name) <= 64 ? local.default_role_name : "${substr(local.default_role_name, 0, 55)}-${substr(sha256(local.default_role_name), 0, 8)}"
  key_prefixes      = [for path in [var.destination_path] : "${trimsuffix(path, "/")}/" if path != ""]
  granted_prefixes  = var.least_privilege && length(local.key_prefixes) > 0 ? local.key_prefixes : [""]
}

# What Kandji must be able to do, and nobody else may: vendor-destination judges by it.
locals {
  contract = {
    accepted = concat([
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
    ], var.least_privilege ? [] : [{ code = "R-wild", reason = "Kandji documents s3:* on the objects of the bucket", source = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration" }])
    bucket = {
      arn  = aws_s3_bucket.this.arn
      name = aws_s3_bucket.this.bucket
    }
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
    id          = "kandji/${var.bucket_name}"
    keyPrefixes = local.key_prefixes
    partition   = "aws"
    role = {
      arn  = aws_iam_role.this.arn
      name = aws_iam_role.this.name
    }
    schemaVersion = 1
    settings = {
      chosen = {
        objectOwnership = ["BucketOwnerEnforced"]
      }
      documented = {
        bucketKeyEnabled = ["true"]
        encryption       = ["AES256"]
        versioning       = ["Disabled"]
      }
    }
    vendor = {
      documentation = "https://support.kandji.io/kb/amazon-s3-activity-log-events-integration"
      id            = "kandji"
      name          = "Kandji"
      product       = "Activity Log"
    }
    vendorPrincipals = ["arn:aws:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"]
  }
}

resource "aws_s3_bucket" "this" {
  bucket        = var.bucket_name
  force_destroy = var.force_destroy
  tags          = var.tags
}

resource "aws_iam_role" "this" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AllowVendorToAssumeRole"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
  description          = "Assumed by Kandji to deliver Activity Log into an S3 bucket"
  name                 = local.role_name
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = can(regex("^arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", "arn:aws:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"))
      error_message = "InvalidArn: the vendor's principal must be the ARN of an IAM role in the partition aws"
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

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_public_access_block.this,
  ]

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_versioning.this,
  ]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
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
    ]
  })
}

resource "aws_s3_bucket_public_access_block" "this" {
  block_public_acls       = true
  block_public_policy     = true
  bucket                  = aws_s3_bucket.this.bucket
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket
  depends_on = [
    aws_s3_bucket_ownership_controls.this,
  ]

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

  versioning_configuration {
    status = "Disabled"
  }
}

resource "terraform_data" "validation" {
  depends_on = [
    aws_s3_bucket_policy.this,
    aws_iam_role_policy.this,
  ]
  input = local.contract
  triggers_replace = {
    bucket            = aws_s3_bucket.this.arn
    bucketPolicy      = aws_s3_bucket_policy.this.policy
    contract          = sha256(jsonencode(local.contract))
    encryption        = jsonencode(aws_s3_bucket_server_side_encryption_configuration.this.rule)
    inlinePolicy      = aws_iam_role_policy.this.policy
    mode              = var.validation
    ownership         = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership
    program           = try(filesha256("${path.module}/program/index.js"), "")
    publicAccessBlock = jsonencode([aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy, aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets])
    resourceIds       = jsonencode([aws_s3_bucket_policy.this.id, aws_s3_bucket_public_access_block.this.id, aws_s3_bucket_ownership_controls.this.id, aws_s3_bucket_server_side_encryption_configuration.this.id, aws_s3_bucket_versioning.this.id, aws_iam_role_policy.this.id])
    role              = aws_iam_role.this.unique_id
    trustPolicy       = aws_iam_role.this.assume_role_policy
    versioning        = aws_s3_bucket_versioning.this.versioning_configuration[0].status
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
      condition     = var.validation == "off" || fileexists("${path.module}/program/index.js")
      error_message = "ProgramMissing: the folder of the module must hold program/index.js, as its releases do; or set validation to off"
    }
  }

  provisioner "local-exec" {
    command = var.validation == "off" ? "exit 0" : "node \"${path.module}/program/index.js\" validate"
    environment = merge(var.validation_environment, {
      VENDOR_DESTINATION_CONTRACT  = jsonencode(self.input)
      VENDOR_DESTINATION_WARN_ONLY = var.validation == "warn" ? "1" : "0"
    })
  }
}
