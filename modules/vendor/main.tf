# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

locals {
  region_partition          = var.region == null ? null : startswith(var.region, "cn-") ? "aws-cn" : startswith(var.region, "us-gov-") ? "aws-us-gov" : startswith(var.region, "eusc-") ? "aws-eusc" : "aws"
  partition                 = coalesce(var.partition, local.region_partition, "aws")
  region                    = var.region != null ? var.region : data.aws_region.this.region
  default_role_name         = "${var.vendor_profile.id}-${var.bucket_name}"
  role_name                 = var.role_name != null ? var.role_name : length(local.default_role_name) <= 64 ? local.default_role_name : "${substr(local.default_role_name, 0, 55)}-${substr(sha256(local.default_role_name), 0, 8)}"
  access_method             = var.access_method != null ? var.access_method : join(" or ", var.vendor_profile.accessMethods)
  assumes_role              = local.access_method == "assumedRole"
  documented_bucket_actions = var.vendor_profile.documentedPermissions.bucketActions
  documented_object_actions = var.vendor_profile.documentedPermissions.objectActions
  granted_bucket_actions    = tolist(var.least_privilege ? try(var.vendor_profile.leastPermissions.bucketActions, local.documented_bucket_actions) : local.documented_bucket_actions)
  granted_object_actions    = tolist(var.least_privilege ? try(var.vendor_profile.leastPermissions.objectActions, local.documented_object_actions) : local.documented_object_actions)
  exercised_bucket_actions  = try(var.vendor_profile.exercisedPermissions.bucketActions, [for action in local.documented_bucket_actions : action if replace(action, "*", "") == action])
  exercised_object_actions  = try(var.vendor_profile.exercisedPermissions.objectActions, [for action in local.documented_object_actions : action if replace(action, "*", "") == action])
  encryption                = coalesce(var.encryption, try(var.vendor_profile.encryptions[0], "AES256"))
  versioning                = coalesce(var.versioning, try(var.vendor_profile.versioning, "Disabled"))
  sets_acls                 = contains(local.documented_object_actions, "s3:PutObjectAcl")
  object_ownership          = coalesce(var.object_ownership, try(var.vendor_profile.objectOwnership, local.sets_acls ? "BucketOwnerPreferred" : "BucketOwnerEnforced"))
  vendor_folder             = try(var.vendor_profile.vendorFolder, "")
  given_prefixes            = [for path in concat([var.key_prefix], var.additional_key_prefixes) : "${trimsuffix(path, "/")}/${local.vendor_folder}" if path != ""]
  key_prefixes              = length(local.given_prefixes) == 0 && local.vendor_folder != "" ? [local.vendor_folder] : local.given_prefixes
  ends_at_prefix            = (var.least_privilege || try(var.vendor_profile.documentedGrantEndsAtPrefix, false)) && length(local.key_prefixes) > 0
  granted_prefixes          = local.ends_at_prefix ? local.key_prefixes : [""]
  published_principals      = try(var.vendor_profile.publishedPrincipals, {})
  vendor_principals         = [for given in [for principal in var.vendor_principals : lookup(local.published_principals, principal, principal)] : length(split(":", given)) == 1 ? "arn:${local.partition}:iam::${given}:root" : given]
  cadence                   = jsondecode(var.cadence != null ? jsonencode(var.cadence) : jsonencode(try(var.vendor_profile.cadence, {})))
  accepted                  = [for finding in try(var.vendor_profile.acceptedFindings, []) : finding if !(var.least_privilege && finding.code == "R-wild")]
  connection_values = {
    awsAccountId = local.assumes_role ? element(split(":", one(aws_iam_role.this[*].arn)), 4) : try(one(data.aws_caller_identity.this[*].account_id), "")
    bucketName   = aws_s3_bucket.this.bucket
    bucketArn    = aws_s3_bucket.this.arn
    region       = aws_s3_bucket.this.region
    keyPrefix    = var.key_prefix
    roleArn      = local.assumes_role ? one(aws_iam_role.this[*].arn) : ""
    roleName     = local.assumes_role ? one(aws_iam_role.this[*].name) : ""
  }
  connection_form   = try(var.vendor_profile.connectionForm, concat([{ label = "S3 Bucket Name", value = "bucketName" }, { label = "AWS Region", value = "region" }, { label = "Key Prefix", value = "keyPrefix" }], local.assumes_role ? [{ label = "IAM Role ARN", value = "roleArn" }] : []))
  asks_for_account  = contains([for field in local.connection_form : field.value], "awsAccountId")
  connection_fields = concat([for field in local.connection_form : { label = field.label, value = local.connection_values[field.value] }], var.additional_connection_fields)
  known_bucket_actions = [
    "s3:AllowVendedLogDeliveryForResource",
    "s3:CreateBucket",
    "s3:CreateBucketMetadataTableConfiguration",
    "s3:DeleteBucket",
    "s3:DeleteBucketMetadataTableConfiguration",
    "s3:DeleteBucketPolicy",
    "s3:DeleteBucketWebsite",
    "s3:GetAccelerateConfiguration",
    "s3:GetAnalyticsConfiguration",
    "s3:GetBucketAbac",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLocation",
    "s3:GetBucketLogging",
    "s3:GetBucketMetadataTableConfiguration",
    "s3:GetBucketNotification",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetIntelligentTieringConfiguration",
    "s3:GetInventoryConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetMetricsConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
    "s3:ListTagsForResource",
    "s3:PauseReplication",
    "s3:PutAccelerateConfiguration",
    "s3:PutAnalyticsConfiguration",
    "s3:PutBucketAbac",
    "s3:PutBucketAcl",
    "s3:PutBucketCORS",
    "s3:PutBucketLogging",
    "s3:PutBucketNotification",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketRequestPayment",
    "s3:PutBucketTagging",
    "s3:PutBucketVersioning",
    "s3:PutBucketWebsite",
    "s3:PutEncryptionConfiguration",
    "s3:PutIntelligentTieringConfiguration",
    "s3:PutInventoryConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutMetricsConfiguration",
    "s3:PutReplicationConfiguration",
    "s3:TagResource",
    "s3:UntagResource",
    "s3:UpdateBucketMetadataAnnotationTableConfiguration",
    "s3:UpdateBucketMetadataInventoryTableConfiguration",
    "s3:UpdateBucketMetadataJournalTableConfiguration",
  ]
  known_object_actions = [
    "s3:AbortMultipartUpload",
    "s3:BypassGovernanceRetention",
    "s3:DeleteObject",
    "s3:DeleteObjectAnnotation",
    "s3:DeleteObjectTagging",
    "s3:DeleteObjectVersion",
    "s3:DeleteObjectVersionAnnotation",
    "s3:DeleteObjectVersionTagging",
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:GetObjectAnnotation",
    "s3:GetObjectAttributes",
    "s3:GetObjectLegalHold",
    "s3:GetObjectRetention",
    "s3:GetObjectTagging",
    "s3:GetObjectTorrent",
    "s3:GetObjectVersion",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionAnnotation",
    "s3:GetObjectVersionAnnotationForReplication",
    "s3:GetObjectVersionAttributes",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionTagging",
    "s3:GetObjectVersionTorrent",
    "s3:InitiateReplication",
    "s3:ListMultipartUploadParts",
    "s3:ListObjectAnnotations",
    "s3:ListObjectVersionAnnotations",
    "s3:ObjectOwnerOverrideToBucketOwner",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:PutObjectAnnotation",
    "s3:PutObjectLegalHold",
    "s3:PutObjectRetention",
    "s3:PutObjectTagging",
    "s3:PutObjectVersionAcl",
    "s3:PutObjectVersionAnnotation",
    "s3:PutObjectVersionTagging",
    "s3:ReplicateDelete",
    "s3:ReplicateObject",
    "s3:ReplicateObjectAnnotation",
    "s3:ReplicateTags",
    "s3:RestoreObject",
    "s3:UpdateObjectEncryption",
  ]
  unknown_actions = concat([for action in concat(var.vendor_profile.documentedPermissions.bucketActions, local.granted_bucket_actions, local.exercised_bucket_actions) : action if !anytrue([for known in local.known_bucket_actions : can(regex("^${replace(replace(action, "*", ".*"), "?", ".")}$", known))])], [for action in concat(var.vendor_profile.documentedPermissions.objectActions, local.granted_object_actions, local.exercised_object_actions) : action if !anytrue([for known in local.known_object_actions : can(regex("^${replace(replace(action, "*", ".*"), "?", ".")}$", known))])])
}

# What the vendor must be able to do, and nobody else may: vendor-destination judges by it.
locals {
  contract = merge({
    accepted = concat(local.accepted, replace(var.bucket_name, ".", "") == var.bucket_name ? [] : [{ code = "R-dot", reason = "the bucket's name has a dot, which ${var.vendor_profile.vendorName} does not refuse", source = var.vendor_profile.documentation }])
    bucket = merge({
      arn  = aws_s3_bucket.this.arn
      name = aws_s3_bucket.this.bucket
    }, var.region == null && !can(var.vendor_profile.regions) ? {} : { region = local.region })
    cadence = local.cadence
    door    = local.access_method
    exercised = {
      bucketActions = local.exercised_bucket_actions
      objectActions = local.exercised_object_actions
    }
    externalIds = var.external_ids
    granted = {
      bucketActions = local.granted_bucket_actions
      endsAtPrefix  = local.ends_at_prefix
      objectActions = local.granted_object_actions
    }
    id            = "${var.vendor_profile.id}/${var.bucket_name}"
    keyPrefixes   = local.key_prefixes
    partition     = local.partition
    schemaVersion = 1
    settings = {
      chosen = merge({
        objectOwnership = [local.object_ownership]
      }, can(var.vendor_profile.encryptions) ? {} : { encryption = [local.encryption] }, can(var.vendor_profile.versioning) ? {} : { versioning = [local.versioning] }, var.region == null || can(var.vendor_profile.regions) ? {} : { region = [var.region] })
      documented = merge(try({ encryption = tolist(var.vendor_profile.encryptions) }, {}), try(var.vendor_profile.bucketKey, false) ? { bucketKeyEnabled = ["true"] } : {}, can(var.vendor_profile.versioning) ? { versioning = [local.versioning] } : {}, try({ region = tolist(var.vendor_profile.regions) }, {}))
    }
    vendor = {
      documentation = var.vendor_profile.documentation
      id            = var.vendor_profile.id
      name          = var.vendor_profile.vendorName
      product       = var.vendor_profile.product
    }
    vendorPrincipals = local.vendor_principals
  }, !local.assumes_role ? {} : { role = { arn = one(aws_iam_role.this[*].arn), name = one(aws_iam_role.this[*].name) } }, var.validator_principal_arn == null || !local.assumes_role ? {} : { validator = { principalArn = var.validator_principal_arn, sessionName = "vendor-destination-validation" } })
}

data "aws_region" "this" {}

data "aws_caller_identity" "this" {
  count = local.asks_for_account && !local.assumes_role ? 1 : 0
}

resource "aws_iam_role" "this" {
  count = local.assumes_role ? 1 : 0
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      merge({ Sid = "AllowVendorToAssumeRole", Effect = "Allow", Principal = { AWS = local.vendor_principals }, Action = "sts:AssumeRole" }, length(var.external_ids) == 0 ? {} : { Condition = { StringEquals = { "sts:ExternalId" = var.external_ids } } }),
      var.validator_principal_arn != null ? [{ Sid = "AllowValidatorToAssumeRole", Effect = "Allow", Principal = { AWS = var.validator_principal_arn }, Action = "sts:AssumeRole", Condition = { StringEquals = { "sts:RoleSessionName" = "vendor-destination-validation" } } }] : [],
    ])
  })
  description          = "Assumed by ${var.vendor_profile.vendorName} to deliver ${var.vendor_profile.product} into an S3 bucket"
  max_session_duration = var.max_session_duration_seconds
  name                 = local.role_name
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = can(regex("^arn:${local.partition}:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", local.vendor_principals[0]))
      error_message = "InvalidArn: the vendor's principal must be the ARN of an IAM role in the partition ${local.partition}"
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = local.assumes_role ? 1 : 0
  name  = "vendor-delivery"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      length(local.granted_bucket_actions) > 0 ? [{ Sid = "AllowVendorOnBucket", Effect = "Allow", Action = local.granted_bucket_actions, Resource = aws_s3_bucket.this.arn }] : [],
      length(local.granted_object_actions) > 0 ? [{ Sid = "AllowVendorOnObjects", Effect = "Allow", Action = local.granted_object_actions, Resource = [for prefix in local.granted_prefixes : "${aws_s3_bucket.this.arn}/${prefix}*"] }] : [],
      var.kms_key_arn != null ? [{ Sid = "AllowVendorToUseKey", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = var.kms_key_arn, Condition = { StringLike = { "kms:ViaService" = "s3.*" } } }] : [],
    ])
  })
  role = one(aws_iam_role.this[*].name)
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

    precondition {
      condition     = local.encryption == "aws:kms" || var.kms_key_arn == null
      error_message = "KmsKeyWithoutKms: kms_key_arn is only for the encryption aws:kms; set encryption, or leave kms_key_arn out"
    }

    precondition {
      condition     = local.encryption != "aws:kms" || var.kms_key_arn != null
      error_message = "KmsWithoutKey: kms_key_arn must be given with the encryption aws:kms"
    }

    precondition {
      condition     = contains(var.vendor_profile.accessMethods, local.access_method)
      error_message = "UnsupportedAccess: access_method must be one of the profile's accessMethods; set it where there are several"
    }

    precondition {
      condition     = length(local.unknown_actions) == 0
      error_message = "UnknownAction: Amazon S3 has no such action on that level: ${join(", ", local.unknown_actions)}"
    }

    precondition {
      condition     = length(local.exercised_bucket_actions) + length(local.exercised_object_actions) > 0
      error_message = "NothingExercised: exercisedPermissions must name an action, or documentedPermissions one without a wildcard"
    }

    precondition {
      condition     = alltrue([for action in concat(local.exercised_bucket_actions, local.exercised_object_actions) : replace(replace(action, "*", ""), "?", "") == action])
      error_message = "WildcardAction: exercisedPermissions must name its actions one by one"
    }

    precondition {
      condition     = !local.assumes_role || try(var.vendor_profile.externalId, "") != "required" || length(var.external_ids) > 0
      error_message = "ExternalIdRequired: the vendor always sends an external ID; copy it from the vendor's screen into external_ids"
    }

    precondition {
      condition     = try(var.vendor_profile.externalId, "") != "none" || length(var.external_ids) == 0
      error_message = "ExternalIdRefused: the vendor sends no external ID; leave external_ids out"
    }

    precondition {
      condition     = local.assumes_role || length(var.external_ids) == 0
      error_message = "ExternalIdRefused: only a role asks for an external ID; leave external_ids out"
    }

    precondition {
      condition     = !can(var.vendor_profile.encryptions) || contains(try(var.vendor_profile.encryptions, []), local.encryption)
      error_message = "UnsupportedEncryption: encryption must be one of the profile's encryptions"
    }

    precondition {
      condition     = !can(var.vendor_profile.versioning) || try(var.vendor_profile.versioning, "") == local.versioning
      error_message = "UnsupportedVersioning: versioning must be that of the profile"
    }

    precondition {
      condition     = !can(var.vendor_profile.objectOwnership) || try(var.vendor_profile.objectOwnership, "") == local.object_ownership
      error_message = "UnsupportedOwnership: object_ownership must be that of the profile"
    }

    precondition {
      condition     = !local.sets_acls || local.object_ownership != "BucketOwnerEnforced"
      error_message = "UnsupportedOwnership: the vendor sets ACLs, which BucketOwnerEnforced turns off"
    }

    precondition {
      condition     = !can(var.vendor_profile.regions) || contains(try(var.vendor_profile.regions, []), local.region)
      error_message = "UnsupportedRegion: the vendor supports the Regions of its profile only"
    }

    precondition {
      condition     = startswith(var.bucket_name, try(var.vendor_profile.bucketNamePrefix, ""))
      error_message = "InvalidBucketName: bucket_name must begin with the profile's bucketNamePrefix"
    }

    precondition {
      condition     = !try(var.vendor_profile.bucketNameWithoutDots, false) || replace(var.bucket_name, ".", "") == var.bucket_name
      error_message = "InvalidBucketName: bucket_name must not contain a dot for this vendor"
    }

    precondition {
      condition     = length(distinct(local.given_prefixes)) == length(local.given_prefixes)
      error_message = "EqualPaths: key_prefix and additional_key_prefixes must differ"
    }

    precondition {
      condition     = alltrue([for arn in local.vendor_principals : startswith(arn, "arn:${local.partition}:iam::")])
      error_message = "WrongPartition: vendor_principals must be in the partition of the bucket"
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
    object_ownership = local.object_ownership
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
      !local.assumes_role && length(local.granted_bucket_actions) > 0 ? [{ Sid = "AllowVendorOnBucket", Effect = "Allow", Principal = { AWS = local.vendor_principals }, Action = local.granted_bucket_actions, Resource = aws_s3_bucket.this.arn }] : [],
      !local.assumes_role && length(local.granted_object_actions) > 0 ? [{ Sid = "AllowVendorOnObjects", Effect = "Allow", Principal = { AWS = local.vendor_principals }, Action = local.granted_object_actions, Resource = [for prefix in local.granted_prefixes : "${aws_s3_bucket.this.arn}/${prefix}*"] }] : [],
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
      kms_master_key_id = var.kms_key_arn
      sse_algorithm     = local.encryption
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
    status = local.versioning
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

resource "terraform_data" "role_changes" {
  count = local.assumes_role ? 1 : 0

  lifecycle {
    replace_triggered_by = [
      aws_iam_role_policy.this[0],
      aws_iam_role.this[0].assume_role_policy,
      aws_iam_role.this[0].permissions_boundary,
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
    inlinePolicy                    = one(aws_iam_role_policy.this[*].policy)
    mode                            = var.validation
    ownership                       = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership
    program                         = try(filesha256("${path.module}/program/index.js"), "")
    publicAccessBlock               = jsonencode([aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy, aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets])
    resourceIds                     = jsonencode([aws_s3_bucket_policy.this.id, aws_s3_bucket_public_access_block.this.id, aws_s3_bucket_ownership_controls.this.id, aws_s3_bucket_server_side_encryption_configuration.this.id, aws_s3_bucket_versioning.this.id, one(aws_s3_bucket_lifecycle_configuration.this[*].id), one(aws_iam_role_policy.this[*].id)])
    role                            = one(aws_iam_role.this[*].unique_id)
    trustPolicy                     = one(aws_iam_role.this[*].assume_role_policy)
    versioning                      = aws_s3_bucket_versioning.this.versioning_configuration[0].status
    lifecycle_configuration_changes = one(terraform_data.lifecycle_configuration_changes[*].id)
    role_changes                    = one(terraform_data.role_changes[*].id)
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
