resource "aws_s3_bucket_policy" "flush" {
  bucket = aws_s3_bucket.logs.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [

        {
          "Effect": "Allow",
          "Principal": {"AWS": "arn:${data.aws_partition.current.partition}:iam::${var.account}:root"},
          "Action": ["s3:PutObject", "s3:ListBucket"],
    	  "Resource": "*"
        }
      ]
    }
  EOT
}
