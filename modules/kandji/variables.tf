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

  validation {
    condition     = var.destination_path == "" || can(regex("^([^/*?]+/)*[^/*?]+/?$", var.destination_path))
    error_message = "destination_path may not begin with a slash, nor hold two slashes in a row, * or ?."
  }
}

variable "least_privilege" {
  description = "Whether the role gets only what the deliveries need, under destination_path, in place of the documented s3:*. Kandji has not confirmed that this suffices."
  type        = bool
  default     = false
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

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of the role; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a managed policy."
  }
}

variable "force_destroy" {
  description = "Whether destroy deletes the bucket with the objects in it."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of the bucket and the role."
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
