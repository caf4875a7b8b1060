locals {
  list    = [for x in var.l : upper(x)]
  indexed = [for i, x in var.l : "${i}:${x}" if i % 2 == 0]
  map     = { for k, v in var.m : k => v.name if v != null && can(v.name) }
  grouped = { for x in var.l : x.key => x.value... if x.key != "" }
  pairs = flatten([
    for bucket, grants in var.buckets : [
      for grant in grants : {
        bucket = bucket
        grant  = grant
      }
    ]
  ])
  multi = {
    for k, v in merge(
      var.a,
      var.b,
    ) : "${k}-x" => {
      name = k
      tags = [for t in v : lower(t)]
    }
  }
}
