# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

provider "aws" {
  region = "eu-central-1"
}

module "acme" {
  source            = "../.."
  bucket_name       = "acme-vendor-logs"
  vendor_principals = ["arn:aws:iam::222222222222:role/delivery"]
  external_ids      = ["customer-42"]
  key_prefix        = "logs"
  vendor_profile = {
    id            = "acme-logs"
    vendorName    = "Acme"
    product       = "Log delivery"
    documentation = "https://docs.example.com/s3"
    accessMethods = ["assumedRole"]
    documentedPermissions = {
      bucketActions = ["s3:ListBucket"]
      objectActions = ["s3:PutObject"]
    }
    externalId = "required"
    facts = [
      {
        fact   = "PutObject and ListBucket are all that Acme needs"
        source = "https://docs.example.com/s3"
      },
    ]
  }
}
