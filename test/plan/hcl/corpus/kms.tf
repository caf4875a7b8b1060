resource "aws_kms_key" "logs" {
  description             = "Vendor logs"
  deletion_window_in_days = 7
  enable_key_rotation     = true
  policy = templatestring(local.key_policy, {
    account = data.aws_caller_identity.current.account_id
  })
}

resource "aws_kms_alias" "logs" {
  name          = "alias/${replace(var.name, "/[^a-z]/", "-")}"
  target_key_id = aws_kms_key.logs.key_id
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {
}
