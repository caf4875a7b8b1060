check "bucket" {
  data "aws_s3_bucket" "live" {
    bucket = "acme-logs"
  }

  assert {
    condition     = data.aws_s3_bucket.live.region == "eu-central-1"
    error_message = "${data.aws_s3_bucket.live.bucket} stands in another region."
  }
  assert {
    condition     = alltrue([for k, v in data.aws_s3_bucket.live.tags : v != ""])
    error_message = "A tag is empty."
  }
}
