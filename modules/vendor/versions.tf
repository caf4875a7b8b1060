# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

terraform {
  required_version = ">= 1.4.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.22.0"
    }
  }
}
