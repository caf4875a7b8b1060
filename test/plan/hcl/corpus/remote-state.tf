data "terraform_remote_state" "network" {
  backend = "s3"
  config = {
    bucket = "acme-state"
    key    = "network/terraform.tfstate"
    region = "eu-central-1"
  }
  defaults = { vpc_id = null }
}

resource "aws_s3_access_point" "vendor" {
  bucket = aws_s3_bucket.logs.id
  name   = "vendor"
  vpc_configuration { vpc_id = data.terraform_remote_state.network.outputs.vpc_id }
}
