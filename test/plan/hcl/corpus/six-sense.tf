resource "aws_s3_bucket" "packs" {
  bucket = "acme.6sense.staging"
  region = "eu-west-1"
}

resource "aws_s3_bucket_ownership_controls" "packs" {
  bucket = aws_s3_bucket.packs.id
  rule { object_ownership = "BucketOwnerPreferred" }
}

resource "aws_s3_bucket_policy" "packs" {
  bucket = aws_s3_bucket.packs.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        %{~ for index, action in ["s3:PutObject", "s3:PutObjectAcl"] ~}
        %{~ if index > 0 },%{ endif ~}
        {
          "Effect": "Allow",
          "Principal": {"AWS": "${var.vendor_role_arn}"},
          "Action": "${action}",
          "Resource": "${aws_s3_bucket.packs.arn}/*"
        }
        %{~ endfor ~}
      ]
    }
  JSON
}
