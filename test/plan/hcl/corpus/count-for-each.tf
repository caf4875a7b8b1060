resource "aws_s3_bucket" "counted" {
  count  = var.enabled ? 2 : 0
  bucket = "acme-${count.index}"
}

resource "aws_s3_bucket" "named" {
  for_each = {
    a = "eu-central-1"
    b = "us-east-1"
  }
  bucket = format("acme-%s-%s", each.key, each.value)
  region = each.value

  provider = aws.west
}

resource "aws_s3_bucket_policy" "named" {
  for_each = aws_s3_bucket.named
  bucket   = each.value.id
  policy   = data.aws_iam_policy_document.named[each.key].json
}
