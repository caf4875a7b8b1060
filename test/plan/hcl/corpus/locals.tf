locals {
  prefix     = trimsuffix(var.prefix, "/")
  bucket_arn = "arn:aws:s3:::${var.bucket_name}"
  numbers    = [1, 2.50, -3, 1e3, 0]
  flags      = { on = true, off = false, none = null }
  merged     = merge(local.flags, { on = false }, var.more...)
  first      = var.list[0]
  nested     = [[], [[]], {}, [{ a = [1] }]]
}

locals {
  second    = local.numbers[length(local.numbers) - 1]
  computed  = { (var.key) = "v", "${var.key}-x" = "w", 7 = "seven" }
  condition = var.a == null ? (var.b ? 1 : 2) : var.c != "" && !var.d || var.e >= 3 ? 3 : 4
  modulo    = 7 % 3
}
