# The smallest destination bucket.
resource "aws_s3_bucket" "logs" {
  bucket        = "acme-vendor-logs"
  force_destroy = false

  tags = {
    Name        = "acme-vendor-logs"
    "cost:unit" = "security"
    Owner       = "platform" // who to ask
  }
}
