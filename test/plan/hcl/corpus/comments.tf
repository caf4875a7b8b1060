# line one
// line two
/* a block
   comment with resource "x" "y" { } in it */
resource /* type */ "aws_s3_bucket" /* name */ "commented" { # open
  # nothing
  bucket = /* before */ "a" /* after */ # end
  tags = { # an object
    // with a comment
    a = 1 /* , */, b = 2
    /* c = 3 */
  }
  list = [ # a list
    1, # one
    // two
    2  /* three */
  ]
  call = merge( # a call
    var.a, // first
    /* second */ var.b
  )
} // closed
/**/
/***/
#
