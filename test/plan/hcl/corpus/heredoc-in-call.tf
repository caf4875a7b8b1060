resource "aws_iam_policy" "trimmed" {
  policy = trimspace(<<-EOT
    {
      "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "${var.arn}/*"}]
    }
  EOT
  )
  description = (var.long ? <<LONG
A "long" text,
with a tab	and \ backslash.
LONG
  : "short")
  path = replace(<<A
${"x"}$${y} ${var.z} ${"$"}
A
    , "x", <<-B
      z
    B
  )
}
