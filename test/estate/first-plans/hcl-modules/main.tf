terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
}

variable "vendor" {
  type = object({
    account_id = string
    role_name  = optional(string, "kandji-activity")
    paths      = optional(set(string), [])
  })
  default = { account_id = "222222222222" }
}

module "bucket" {
  source   = "./bucket"
  for_each = toset(["logs"])

  name     = "acme-${each.key}"
  settings = { encryption = "AES256" }
}

module "role" {
  source = "./role"

  name       = "delivery"
  principals = ["arn:aws:iam::${var.vendor.account_id}:role/${var.vendor.role_name}"]
  statements = {
    list  = { actions = ["s3:ListBucket"], resources = [module.bucket["logs"].arn] }
    write = { actions = ["s3:*"], resources = [format("%s/*", module.bucket["logs"].arn)] }
  }
}
