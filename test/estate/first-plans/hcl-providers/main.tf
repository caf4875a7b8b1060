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

provider "aws" {
  alias                       = "west"
  region                      = "us-west-2"
  access_key                  = "x"
  secret_key                  = "x"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
}

variable "prefix" {
  type    = string
  default = "acme"
}

data "aws_partition" "this" {}

locals {
  name   = join("-", [var.prefix, "logs"])
  bucket = "arn:${data.aws_partition.this.partition}:s3:::${local.name}"
}

resource "aws_s3_bucket" "logs" {
  provider = aws.west
  bucket   = local.name
}

resource "aws_s3_bucket_public_access_block" "logs" {
  provider                = aws.west
  bucket                  = aws_s3_bucket.logs.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "logs" {
  provider = aws.west
  bucket   = aws_s3_bucket.logs.bucket
  policy   = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        %{~for action in ["s3:*"]~}
        {
          "Effect": "Deny",
          "Principal": "*",
          "Action": "${action}",
          "Resource": ["${local.bucket}", "${aws_s3_bucket.logs.arn}/*"],
          "Condition": { "Bool": { "aws:SecureTransport": "false" } }
        }
        %{~endfor~}
      ]
    }
  JSON
}

resource "aws_iam_role" "delivery" {
  name               = "delivery"
  assume_role_policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": { "AWS": "arn:${data.aws_partition.this.partition}:iam::222222222222:role/kandji-activity" }
      }
    }
  JSON
}

resource "aws_iam_policy" "write" {
  name_prefix = "write-"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:ListBucket", Resource = local.bucket },
      { Effect = "Allow", Action = "s3:*", Resource = "${aws_s3_bucket.logs.arn}/*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "write" {
  role       = aws_iam_role.delivery.name
  policy_arn = aws_iam_policy.write.arn
}
