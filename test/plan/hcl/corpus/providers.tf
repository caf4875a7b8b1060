terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.0, < 7.0"
      configuration_aliases = [aws.west, aws.backup]
    }
    random = { source = "hashicorp/random" }
  }

  backend "s3" {
    bucket = "acme-state"
    key    = "logs/terraform.tfstate"
  }
}

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
  default_tags { tags = { Project = "logs" } }
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"

  assume_role {
    role_arn    = "arn:aws:iam::444455556666:role/deploy"
    external_id = var.external_id
  }
}
