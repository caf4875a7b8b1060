locals {
  plain = <<EOT
first
  second
third $${escaped} \n stays \"so\"
EOT

  flush = <<-EOT
      six
    four

	tab
     five
  EOT

  empty   = <<EOT
EOT
  blank   = <<EOT

EOT
  marker  = <<A-b_9
EOT
 A-b
A-b_9
  indented_end = <<EOT
x
    EOT
  start   = <<-EOT
    ${var.a} begins
      ${var.b}
    $ alone % alone
  EOT
  in_list = [<<A
a
A
    , <<B
b
B
  ]
  in_map = {
    a = <<-A
      a
    A
    b = 1
  }
}
