# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

output "connection_details" {
  description = "What to enter into the vendor's form"
  value       = { for field in local.connection_fields : field.label => field.value }
}

output "connection_form" {
  description = "What to enter into the vendor's form, as text"
  value       = join("\n", concat(["${var.vendor_profile.vendorName}, ${var.vendor_profile.product}"], [for field in local.connection_fields : format("  %-${max([for other in local.connection_fields : length(other.label)]...)}s  %s", field.label, field.value)]))
}

output "delivery_contract" {
  description = "The delivery contract, for vendor-destination validate and watch"
  value       = terraform_data.validation.input
  sensitive   = true
}

output "bucket_name" {
  description = "Name of the bucket"
  value       = aws_s3_bucket.this.bucket
}

output "bucket_arn" {
  description = "ARN of the bucket"
  value       = aws_s3_bucket.this.arn
}

output "role_name" {
  description = "Name of the role that the vendor assumes"
  value       = one(aws_iam_role.this[*].name)
}

output "role_arn" {
  description = "ARN of the role that the vendor assumes"
  value       = one(aws_iam_role.this[*].arn)
}
