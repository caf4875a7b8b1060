# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

variable "bucket_name" {
  description = "Name of the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name)) && !can(regex("[.][.]", var.bucket_name))
    error_message = "bucket_name must follow Amazon S3's naming rules for general purpose buckets."
  }
}

variable "vendor_account_id" {
  description = "The value KANDJI_AWS_ACCOUNT_ID from Kandji's screen (IRU_ENDPOINT_AWS_ACCOUNT_ID in Iru): 12 digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.vendor_account_id))
    error_message = "vendor_account_id must be an AWS account ID of 12 digits, quoted, with its leading zeros."
  }
}

variable "vendor_role_name" {
  description = "The value KANDJI_IAM_ROLE from Kandji's screen (IRU_ENDPOINT_IAM_ROLE in Iru): the name of a role, without its ARN."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@-]+(/[A-Za-z0-9_+=,.@-]+)*$", var.vendor_role_name))
    error_message = "vendor_role_name must be the name of an IAM role, not its ARN."
  }
}

variable "destination_path" {
  description = "The Destination Path of Kandji's form; empty for the root of the bucket."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.destination_path == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.destination_path))
    error_message = "destination_path may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "least_privilege" {
  description = "Whether the role gets only what the deliveries need, under destination_path, in place of the documented s3:*. Kandji has not confirmed that this suffices."
  type        = bool
  default     = false
  nullable    = false
}

variable "role_name" {
  description = "Name of the role that Kandji assumes; null for \"kandji-\" and the bucket's name."
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

variable "object_ownership" {
  description = "Object Ownership."
  type        = string
  default     = "BucketOwnerEnforced"
  nullable    = false

  validation {
    condition     = contains(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"], var.object_ownership)
    error_message = "object_ownership must be BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter."
  }
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
