# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

variable "bucket_name" {
  description = "Name of the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name)) && !can(regex("[.][.]", var.bucket_name))
    error_message = "bucket_name must follow Amazon S3's naming rules for general purpose buckets."
  }
}

variable "vendor_profile" {
  description = "What the vendor documents: the members of schemas/vendor-profile.schema.json, written here as an object, or read by jsondecode(file(\"acme.json\"))."
  type        = any

  validation {
    condition     = length(setsubtract(keys(var.vendor_profile), ["$schema", "id", "vendorName", "product", "documentation", "accessMethods", "documentedPermissions", "documentedGrantEndsAtPrefix", "leastPermissions", "exercisedPermissions", "externalId", "regions", "encryptions", "bucketKey", "versioning", "objectOwnership", "bucketNamePrefix", "bucketNameWithoutDots", "vendorFolder", "publishedPrincipals", "connectionForm", "cadence", "acceptedFindings", "facts", "sources", "unknowns"])) == 0
    error_message = "vendor_profile holds a member that no profile has: schemas/vendor-profile.schema.json lists them."
  }

  validation {
    condition     = length(setsubtract(["id", "vendorName", "product", "documentation", "accessMethods", "documentedPermissions", "facts"], keys(var.vendor_profile))) == 0 && alltrue([for value in values(var.vendor_profile) : value != null])
    error_message = "vendor_profile must hold id, vendorName, product, documentation, accessMethods, documentedPermissions, facts; no member may be null."
  }

  validation {
    condition     = alltrue([for text in [try(var.vendor_profile.id, ""), try(var.vendor_profile.vendorName, ""), try(var.vendor_profile.product, ""), try(var.vendor_profile.documentation, "")] : trimspace(text) != "" && trimspace(text) == text]) && can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.vendor_profile.id))
    error_message = "vendor_profile: id, vendorName, product, documentation must be texts, and id must be kebab-case."
  }

  validation {
    condition     = alltrue([for name in ["documentedPermissions", "leastPermissions", "exercisedPermissions"] : try(sort(keys(var.vendor_profile[name])) == tolist(["bucketActions", "objectActions"]), !contains(keys(var.vendor_profile), name))])
    error_message = "vendor_profile: permissions must hold the lists bucketActions and objectActions, and nothing else."
  }

  validation {
    condition     = alltrue([for word in flatten([try(var.vendor_profile.accessMethods, [])]) : contains(["assumedRole", "bucketPolicy"], word)])
    error_message = "vendor_profile: accessMethods may hold assumedRole, bucketPolicy only."
  }

  validation {
    condition     = alltrue([for word in flatten([try(var.vendor_profile.encryptions, [])]) : contains(["AES256", "aws:kms"], word)])
    error_message = "vendor_profile: encryptions may hold AES256, aws:kms only."
  }

  validation {
    condition     = alltrue([for word in flatten([try(var.vendor_profile.versioning, [])]) : contains(["Disabled", "Enabled"], word)])
    error_message = "vendor_profile: versioning may hold Disabled, Enabled only."
  }

  validation {
    condition     = alltrue([for word in flatten([try(var.vendor_profile.objectOwnership, [])]) : contains(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"], word)])
    error_message = "vendor_profile: objectOwnership may hold BucketOwnerEnforced, BucketOwnerPreferred, ObjectWriter only."
  }

  validation {
    condition     = alltrue([for word in flatten([try(var.vendor_profile.externalId, [])]) : contains(["none", "optional", "required", "unknown"], word)])
    error_message = "vendor_profile: externalId may hold none, optional, required, unknown only."
  }

  validation {
    condition     = alltrue([for field in try(var.vendor_profile.connectionForm, []) : contains(["awsAccountId", "bucketName", "bucketArn", "region", "keyPrefix", "roleArn", "roleName"], try(field.value, ""))])
    error_message = "vendor_profile: each field of connectionForm must hold label, and as value one of awsAccountId, bucketName, bucketArn, region, keyPrefix, roleArn, roleName."
  }

  validation {
    condition     = alltrue([for folder in [try(var.vendor_profile.vendorFolder, "x/")] : can(regex("^([^/*?]+/)+$", folder))])
    error_message = "vendor_profile: vendorFolder must end with a slash, and may not begin with one."
  }
}

variable "vendor_principals" {
  description = "The vendor's principals: ARNs of roles, users or account roots, account IDs, or names of the profile's publishedPrincipals. Use the narrowest that the vendor documents."
  type        = list(string)

  validation {
    condition     = length(var.vendor_principals) > 0 && alltrue([for item in var.vendor_principals : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9_+=,.@/-]+)$", item)) || can(regex("^[0-9]{12}$", item)) || length(split(":", item)) == 1])
    error_message = "vendor_principals must hold at least one ARN, account ID or name of publishedPrincipals."
  }
}

variable "access_method" {
  description = "assumedRole or bucketPolicy; null for the only one of the profile's accessMethods."
  type        = string
  default     = null

  validation {
    condition     = var.access_method == null || contains(["assumedRole", "bucketPolicy"], coalesce(var.access_method, "none"))
    error_message = "access_method must be assumedRole or bucketPolicy."
  }
}

variable "external_ids" {
  description = "External IDs, of which the vendor must send one when it assumes the role."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for item in var.external_ids : length(item) <= 1224 && can(regex("^[A-Za-z0-9_+=,.@:/-]{2,}$", item))])
    error_message = "external_ids must have 2 to 1,224 characters each, out of letters, digits and _+=,.@:/-."
  }
}

variable "key_prefix" {
  description = "Key prefix under which the vendor delivers; empty for the whole bucket."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.key_prefix == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.key_prefix))
    error_message = "key_prefix may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "additional_key_prefixes" {
  description = "Additional key prefixes, for a vendor that delivers to several."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for item in var.additional_key_prefixes : can(regex("^([^/*?]+/)*[^/*?]+/?$", item))])
    error_message = "additional_key_prefixes may not be empty, begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "least_privilege" {
  description = "Whether the vendor gets the profile's leastPermissions only, under its key prefixes, in place of what it documents."
  type        = bool
  default     = false
  nullable    = false
}

variable "role_name" {
  description = "Name of the role that the vendor assumes; null for the profile's id and the bucket's name."
  type        = string
  default     = null

  validation {
    condition     = var.role_name == null || can(regex("^[A-Za-z0-9_+=,.@-]{1,64}$", var.role_name))
    error_message = "role_name must have 1 to 64 characters out of letters, digits and _+=,.@-."
  }
}

variable "role_path" {
  description = "Path of the role."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([!-~]+/)?$", var.role_path))
    error_message = "role_path must begin and end with a slash."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of the role; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a managed policy."
  }
}

variable "validator_principal_arn" {
  description = "ARN of a principal of yours that may assume the role under the session name vendor-destination-validation, so that the validation can act with the role's permissions; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.validator_principal_arn == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9_+=,.@/-]+)$", var.validator_principal_arn))
    error_message = "validator_principal_arn must be the ARN of an IAM role, user or account root."
  }
}

variable "max_session_duration_seconds" {
  description = "Maximum session duration of the role, 3600 to 43200 seconds; null for 3600."
  type        = number
  default     = null

  validation {
    condition     = var.max_session_duration_seconds == null || try(var.max_session_duration_seconds >= 3600 && var.max_session_duration_seconds <= 43200, false)
    error_message = "max_session_duration_seconds must be 3600 to 43200."
  }
}

variable "region" {
  description = "AWS Region of the bucket, set on each of its resources; null for the Region of the provider."
  type        = string
  default     = null

  validation {
    condition     = var.region == null || can(regex("^[a-z]+(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of an AWS Region, for example eu-central-1."
  }
}

variable "partition" {
  description = "Partition of the bucket: aws, aws-cn, aws-us-gov or aws-eusc; null for the partition of region, else aws."
  type        = string
  default     = null

  validation {
    condition     = var.partition == null || contains(["aws", "aws-cn", "aws-us-gov", "aws-eusc"], coalesce(var.partition, "none"))
    error_message = "partition must be aws, aws-cn, aws-us-gov or aws-eusc."
  }
}

variable "minimum_tls_version" {
  description = "Minimum TLS version, 1.2 or 1.3; null for every version that Amazon S3 accepts. Plain HTTP is always denied."
  type        = string
  default     = null

  validation {
    condition     = var.minimum_tls_version == null || contains(["1.2", "1.3"], coalesce(var.minimum_tls_version, "none"))
    error_message = "minimum_tls_version must be 1.2 or 1.3."
  }
}

variable "abort_incomplete_multipart_upload_after_days" {
  description = "Days after which incomplete multipart uploads are aborted; null for never, and no lifecycle configuration."
  type        = number
  default     = null

  validation {
    condition     = var.abort_incomplete_multipart_upload_after_days == null || try(var.abort_incomplete_multipart_upload_after_days >= 1 && floor(var.abort_incomplete_multipart_upload_after_days) == var.abort_incomplete_multipart_upload_after_days, false)
    error_message = "abort_incomplete_multipart_upload_after_days must be a whole number of days, 1 or more."
  }
}

variable "force_destroy" {
  description = "Whether destroy deletes the bucket with the objects in it."
  type        = bool
  default     = false
  nullable    = false
}

variable "encryption" {
  description = "Default encryption: AES256, or aws:kms, which needs kms_key_arn; null for the first of the profile, else AES256."
  type        = string
  default     = null

  validation {
    condition     = var.encryption == null || contains(["AES256", "aws:kms"], coalesce(var.encryption, "none"))
    error_message = "encryption must be AES256 or aws:kms."
  }
}

variable "kms_key_arn" {
  description = "ARN of the customer managed key for aws:kms. Its key policy must let the vendor, or the role, use it. Null for none."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key, not of an alias."
  }
}

variable "versioning" {
  description = "Versioning: Disabled or Enabled; null for that of the profile, else Disabled."
  type        = string
  default     = null

  validation {
    condition     = var.versioning == null || contains(["Disabled", "Enabled"], coalesce(var.versioning, "none"))
    error_message = "versioning must be Disabled or Enabled."
  }
}

variable "object_ownership" {
  description = "Object Ownership; null for that of the profile, else BucketOwnerPreferred where it grants s3:PutObjectAcl, else BucketOwnerEnforced."
  type        = string
  default     = null

  validation {
    condition     = var.object_ownership == null || contains(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"], coalesce(var.object_ownership, "none"))
    error_message = "object_ownership must be BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter."
  }
}

variable "cadence" {
  description = "When deliveries are due, as in the profile, where that depends on choices in the vendor's form; null for the profile's."
  type        = any
  default     = null

  validation {
    condition     = var.cadence == null || try(length(setsubtract(keys(var.cadence), ["firstDeliveryWithinMinutes", "everyMinutes", "dailyAtUtc", "lateByMinutes"])) == 0, false)
    error_message = "cadence may hold firstDeliveryWithinMinutes, everyMinutes, dailyAtUtc and lateByMinutes."
  }
}

variable "additional_connection_fields" {
  description = "Fields of the vendor's form in addition to those of its profile."
  type        = list(object({ label = string, value = string }))
  default     = []
  nullable    = false
}

variable "tags" {
  description = "Tags of the bucket and the role."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "validation" {
  description = "What happens at the end of apply: enforce fails it where the validation fails, warn prints the report, off runs nothing. The first two need Node.js 20.9 or newer where Terraform runs; warn never fails the apply, not even without Node.js."
  type        = string
  default     = "enforce"
  nullable    = false

  validation {
    condition     = contains(["enforce", "warn", "off"], var.validation)
    error_message = "validation must be enforce, warn or off."
  }
}

variable "validation_on_unknown" {
  description = "What enforce does where nothing failed and something could not be proven: fail or warn."
  type        = string
  default     = "fail"
  nullable    = false

  validation {
    condition     = contains(["fail", "warn"], var.validation_on_unknown)
    error_message = "validation_on_unknown must be fail or warn."
  }
}

variable "validation_assume_role_arn" {
  description = "ARN of a role that the validation assumes first: the one in assume_role of the provider; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.validation_assume_role_arn == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", var.validation_assume_role_arn))
    error_message = "validation_assume_role_arn must be the ARN of an IAM role."
  }
}

variable "validation_aws_profile" {
  description = "AWS profile with the deployer's credentials; null for those of the environment."
  type        = string
  default     = null
}

variable "validation_vendor_aws_profile" {
  description = "AWS profile with credentials of the vendor's principal, for a test account that you own; null for none."
  type        = string
  default     = null
}

variable "validation_timeout_seconds" {
  description = "Longest wait, in seconds, until IAM has applied a change, and again until S3 has: 1 to 900."
  type        = number
  default     = 120
  nullable    = false

  validation {
    condition     = var.validation_timeout_seconds >= 1 && var.validation_timeout_seconds <= 900 && floor(var.validation_timeout_seconds) == var.validation_timeout_seconds
    error_message = "validation_timeout_seconds must be a whole number from 1 to 900."
  }
}

variable "validation_environment" {
  description = "Additional environment variables of the validation, for example AWS_ENDPOINT_URL."
  type        = map(string)
  default     = {}
  nullable    = false
}
