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
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+$", var.vendor_role_arn))
    error_message = "vendor_role_arn must be the ARN of an IAM role."
  }
}

variable "data_packs_path" {
  description = "File path of Data Packs in 6sense's form; empty where it does not deliver them."
  type        = string
  default     = ""

  validation {
    condition     = var.data_packs_path == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.data_packs_path))
    error_message = "data_packs_path may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "audit_logs_path" {
  description = "File path of audit logs in 6sense's form; empty where it does not deliver them."
  type        = string
  default     = ""

  validation {
    condition     = var.audit_logs_path == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.audit_logs_path))
    error_message = "audit_logs_path may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "audit_logs_frequency" {
  description = "How often 6sense delivers audit logs: Hourly, or Daily around 05:00 UTC."
  type        = string
  default     = "Hourly"

  validation {
    condition     = contains(["Hourly", "Daily"], var.audit_logs_frequency)
    error_message = "audit_logs_frequency must be Hourly or Daily."
  }
}

variable "least_privilege" {
  description = "Whether the grant ends at the two paths, in place of the whole bucket. 6sense has not confirmed that this suffices."
  type        = bool
  default     = false
}

variable "force_destroy" {
  description = "Whether destroy deletes the bucket with the objects in it."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
}

variable "validation" {
  description = "What happens at the end of apply: enforce fails it where the validation fails, warn prints the report, off runs nothing. The first two need Node.js 20.9 or newer where Terraform runs."
  type        = string
  default     = "enforce"

  validation {
    condition     = contains(["enforce", "warn", "off"], var.validation)
    error_message = "validation must be enforce, warn or off."
  }
}

variable "validation_environment" {
  description = "More environment variables of the validation, for example AWS_PROFILE or VENDOR_DESTINATION_ASSUME_ROLE_ARN."
  type        = map(string)
  default     = {}
}
