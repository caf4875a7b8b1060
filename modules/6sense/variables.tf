# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

variable "bucket_name" {
  description = "Name of the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name)) && !can(regex("[.][.]", var.bucket_name))
    error_message = "bucket_name must follow Amazon S3's naming rules for general purpose buckets."
  }
}

variable "vendor_role_arn" {
  description = "ARN of 6sense's common IAM role. It is not published: your Customer Success Manager (CSM) gives it."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", var.vendor_role_arn))
    error_message = "vendor_role_arn must be the ARN of an IAM role."
  }
}

variable "data_packs_path" {
  description = "File path of Data Packs in 6sense's form; empty where it does not deliver them."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.data_packs_path == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.data_packs_path))
    error_message = "data_packs_path may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "audit_logs_path" {
  description = "File path of audit logs in 6sense's form; empty where it does not deliver them."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.audit_logs_path == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.audit_logs_path))
    error_message = "audit_logs_path may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "audit_logs_frequency" {
  description = "How often 6sense delivers audit logs: Hourly, or Daily around 05:00 UTC."
  type        = string
  default     = "Hourly"
  nullable    = false

  validation {
    condition     = contains(["Hourly", "Daily"], var.audit_logs_frequency)
    error_message = "audit_logs_frequency must be Hourly or Daily."
  }
}

variable "least_privilege" {
  description = "Whether the grant ends at the two paths, in place of the whole bucket. 6sense has not confirmed that this suffices."
  type        = bool
  default     = false
  nullable    = false
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
  description = "Default encryption: AES256 (SSE-S3), or aws:kms (SSE-KMS), which needs kms_key_arn."
  type        = string
  default     = "AES256"
  nullable    = false

  validation {
    condition     = contains(["AES256", "aws:kms"], var.encryption)
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
  description = "Versioning: Disabled or Enabled."
  type        = string
  default     = "Disabled"
  nullable    = false

  validation {
    condition     = contains(["Disabled", "Enabled"], var.versioning)
    error_message = "versioning must be Disabled or Enabled."
  }
}

variable "object_ownership" {
  description = "Object Ownership. ACLs must work in the bucket, because 6sense asks for s3:PutObjectAcl."
  type        = string
  default     = "BucketOwnerPreferred"
  nullable    = false

  validation {
    condition     = contains(["BucketOwnerPreferred", "ObjectWriter"], var.object_ownership)
    error_message = "object_ownership must be BucketOwnerPreferred or ObjectWriter."
  }
}

variable "tags" {
  description = "Tags of the bucket."
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
