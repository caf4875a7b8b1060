locals {
  tags = {
    bare          = 1
    with-dash     = 2
    "quoted key"  = 3
    "a${var.b}c"  = 4
    (var.key)     = 5
    (upper("k"))  = 6
    9             = 7
    true          = 8
    null          = 9
    colon : 10
    "$${escaped}" = 11
    a.b.c         = 12
    m["x"]        = 13
    if            = 14
    in            = 15
  }
  one_line = { a = 1, b = { c = [] }, }
  empty    = {}
  open = {

    a = 1


    b = 2,
    c = 3
  }
}
