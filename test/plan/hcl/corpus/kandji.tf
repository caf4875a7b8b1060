locals {
  kandji_principal = "arn:aws:iam::${var.kandji_account_id}:role/${var.kandji_role_name}"
}

resource "aws_s3_bucket" "activity" {
  bucket = "acme-kandji-activity"
}

resource "aws_iam_role" "kandji" {
  name = "kandji-activity"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = local.kandji_principal }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "kandji" {
  name = "write"
  role = aws_iam_role.kandji.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:ListBucket"], Resource = aws_s3_bucket.activity.arn },
      { Effect = "Allow", Action = ["s3:*"], Resource = "${aws_s3_bucket.activity.arn}/*" },
    ]
  })
}
