locals {
  sum      = 1 + 2 * 3 - 4 / 5 % 6
  compare  = var.a < 1 || var.b <= 2 && var.c > 3 || !(var.d >= 4)
  equal    = var.a == "x" ? var.b != null : !var.c
  negative = -var.a - -1
  double   = !!var.a
  minus    = var.a-var.b
  spaced   = var.a - var.b
  chain    = var.a ? "a" : var.b ? "b" : var.c ? "c" : "d"
  inner    = var.a ? var.b ? 1 : 2 : 3
  parens   = (((1)))
  text     = "${var.a ? "yes" : "no"}"
  inside   = "pre-${var.a ? "yes" : "no"}-post"
  lines = (
    var.a
    + var.b
    - var.c
  )
}
