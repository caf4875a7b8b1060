resource aws_s3_bucket bare_labels {
  bucket = "a"
}

resource "aws_s3_bucket" "größe-1" {
  größe = 1
  _x    = 2
  a-b-  = 3
}

block "a" "b" "c" "d" {}
block "a" "b" "c" "d" {
}
block "a" "b" "x" "y" { z = 1 }

labels "with \"quotes\" \\ and $${dollar}" {}
labels "__proto__" {
  constructor = 1
  __proto__   = 2
}
