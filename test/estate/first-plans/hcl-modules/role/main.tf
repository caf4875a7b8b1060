variable "name" {
  type = string
}

variable "principals" {
  type = list(string)
}

variable "statements" {
  type = map(object({
    actions   = list(string)
    resources = list(string)
    effect    = optional(string, "Allow")
  }))
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for principal in var.principals : {
      Effect    = "Allow"
      Action    = ["sts:AssumeRole"]
      Principal = { AWS = principal }
    }]
  })
}

data "aws_iam_policy_document" "this" {
  for_each = var.statements

  statement {
    sid       = title(each.key)
    effect    = each.value.effect
    actions   = each.value.actions
    resources = each.value.resources
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = values(data.aws_iam_policy_document.this)[*].json
}

resource "aws_iam_role_policy" "this" {
  name   = var.name
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.all.json
}
