# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

provider "aws" {
  region = "eu-west-1"
}

module "sixsense" {
  source          = "../.."
  bucket_name     = "acme-6sense-staging"
  vendor_role_arn = "arn:aws:iam::222222222222:role/6sense-common"
  data_packs_path = "data-packs"
  audit_logs_path = "audit"
}
