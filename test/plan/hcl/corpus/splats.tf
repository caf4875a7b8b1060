locals {
  full     = aws_s3_bucket.all[*].arn
  legacy   = aws_s3_bucket.all.*.arn
  indexed  = aws_instance.web.0.id
  twice    = module.a[*].buckets[*].arn
  mixed    = var.x[*]["y"].z[0]
  values   = values(aws_s3_bucket.by_name)[*].arn
  nested   = flatten([for m in module.all : m.buckets[*].arn])
  last     = var.l.*.a.0.b
  of_call  = try(one(data.aws_caller_identity.this[*].account_id), "")
  group    = (var.a)[0].b
  key_expr = var.m[var.k][local.i + 1].x
}
