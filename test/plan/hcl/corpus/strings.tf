locals {
  empty      = ""
  quotes     = "she said \"yes\" and 'no'"
  backslash  = "C:\\temp\\new"
  controls   = "tab\there\nnext\rline"
  unicode    = "\u00fc\u20ac\U0001F600 ü€😀"
  dollar     = "$ $$ $5 cost$"
  percent    = "% %% 100% 5%d"
  escaped    = "$${not} %%{not} $$${not}"
  braces     = "{ } }} {{ $ {x}"
  adjacent   = "${var.a}${var.b}-${var.c}"
  only       = "${var.a}"
  literal    = "${"text"} and ${1} and ${true} and ${"nested ${var.a}"}"
  url        = "https://example.com/#anchor?x=/*y*/"
  quoted_key = var.map["a \"b\" ${var.c}"]
  deep       = "${join(",", [for s in var.l : "${s}=${upper("${s}")}"])}"
}
