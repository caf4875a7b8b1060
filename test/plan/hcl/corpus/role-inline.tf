resource "aws_iam_role" "inline" {
  name = "inline"

  assume_role_policy = <<EOF
{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}
EOF

  inline_policy {
    name = "write"
    policy = jsonencode({
      Statement = [{ Effect = "Allow", Action = ["s3:PutObject"], Resource = "${aws_s3_bucket.logs.arn}/*" }],
    })
  }

  inline_policy {
    name   = "list"
    policy = data.aws_iam_policy_document.list.json
  }
}
