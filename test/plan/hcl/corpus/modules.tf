module "logs" {
  source = "./modules/destination"

  bucket_name = "acme-${terraform.workspace}-logs"
  providers = {
    aws        = aws.west
    aws.backup = aws
  }
}

module "registry" {
  source  = "terraform-registry.example.com/acme/destination/aws"
  version = "~> 1.2, != 1.2.3"

  for_each    = toset(["kandji", "six-sense"])
  bucket_name = each.key
  grants      = module.logs.grants["${each.key}"].all[*].arn

  depends_on = [module.logs]
}
