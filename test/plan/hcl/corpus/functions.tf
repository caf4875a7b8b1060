locals {
  none     = timestamp()
  trailing = max(1, 2, )
  expanded = concat(var.lists...)
  provider = provider::aws::arn_parse(var.arn).account_id
  core     = core::upper("x")
  spaced   = upper ("x")
  regex    = regexall("^(?:[a-z]+)\\.${var.suffix}$", var.name)[0]
  template = templatefile("${path.module}/policy.json.tftpl", { arn = var.arn, keys = ["a"] })
  nested   = jsonencode(merge({ a = [] }, { b = jsondecode(file("x.json")) }, { "c" : 1 }))
}
