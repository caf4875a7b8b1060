data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "VendorAssumesRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.vendor_account_id}:role/${var.vendor_role_name}"]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = var.external_ids
    }
  }
}

resource "aws_iam_role" "vendor" {
  name                 = "vendor-destination"
  path                 = "/vendors/"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 60 * 60
}
