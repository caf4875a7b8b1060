resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<POLICY
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AllowSSLRequestsOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["${aws_s3_bucket.logs.arn}", "${aws_s3_bucket.logs.arn}/*"],
      "Condition": { "Bool": { "aws:SecureTransport": "false" } }
    },
    {
      "Sid": "OwnPrefix",
      "Effect": "Allow",
      "Principal": { "AWS": "${var.vendor_role_arn}" },
      "Action": "s3:PutObject",
      "Resource": "${aws_s3_bucket.logs.arn}/$${aws:username}/*"
    }
  ]
}
POLICY
}
