locals {
  managed = toset([
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    aws_iam_policy.write.arn,
  ])
}

resource "aws_iam_policy" "write" {
  name_prefix = "write-"
  policy      = data.aws_iam_policy_document.write.json
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = local.managed
  role       = aws_iam_role.vendor.name
  policy_arn = each.value
}

resource "aws_iam_role_policy" "one" {
  count  = length(var.extra) > 0 ? 1 : 0
  role   = aws_iam_role.vendor.id
  policy = element(var.extra[*].json, count.index)
}
