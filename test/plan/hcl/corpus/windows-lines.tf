locals {
  a = 1
  b = <<EOT
x
  y
EOT
  c = [
    1,
  ]
  # comment
}
