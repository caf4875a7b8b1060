moved {
  from = aws_s3_bucket.old
  to   = module.logs.aws_s3_bucket.this["a"]
}

import {
  to       = aws_iam_role.vendor
  id       = "vendor-destination"
  provider = aws.west
}

import {
  for_each = local.buckets
  to       = aws_s3_bucket.all[each.key]
  id       = each.value
}

removed {
  from = aws_s3_bucket.gone
  lifecycle {
    destroy = false
  }
}
