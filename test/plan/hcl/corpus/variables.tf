variable "bucket_name" {
  type        = string
  description = "Name of the bucket, e.g. \"acme-logs\""

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name)) && !startswith(var.bucket_name, "xn--")
    error_message = "The name must have 3 to 63 characters: a-z, 0-9, \".\" and \"-\"."
  }
}

variable "grants" {
  type = map(object({
    actions  = list(string)
    prefixes = optional(set(string), ["a", "b"])
    nested   = optional(object({ days = number, "any-key" = any }))
  }))
  default  = {}
  nullable = false
}

variable "numbers" {
  type    = tuple([number, bool, string])
  default = [-1, !true, "x"]
}

variable "untyped" {}

variable "secret" {
  sensitive = true
  ephemeral = true
  default   = null
}
