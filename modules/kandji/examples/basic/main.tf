# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

provider "aws" {
  region = "eu-central-1"
}

module "kandji" {
  source            = "../.."
  bucket_name       = "acme-kandji-activity"
  vendor_account_id = "222222222222"
  vendor_role_name  = "kandji-activity"
  destination_path  = "activity"
}
