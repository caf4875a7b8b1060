# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

output "audit_logs_file_path" {
  description = "Audit logs file path"
  value       = var.audit_logs_path == "" ? null : var.audit_logs_path
}

output "audit_logs_frequency" {
  description = "Audit logs frequency"
  value       = var.audit_logs_path == "" ? null : var.audit_logs_frequency == "Daily" ? "Daily" : "Hourly"
}

output "connection_details" {
  description = "What to enter: 6sense, Data Packs and Audit Logs"
  value       = jsondecode(var.audit_logs_path == "" ? jsonencode({ "Data packs file path" = var.data_packs_path, Region = aws_s3_bucket.this.region, "S3 Bucket Name" = aws_s3_bucket.this.bucket }) : jsonencode({ "Audit logs file path" = var.audit_logs_path, "Audit logs frequency" = var.audit_logs_frequency == "Daily" ? "Daily" : "Hourly", "Data packs file path" = var.data_packs_path, Region = aws_s3_bucket.this.region, "S3 Bucket Name" = aws_s3_bucket.this.bucket }))
}

output "connection_form" {
  description = "What to enter, as text: 6sense, Data Packs and Audit Logs"
  value       = var.audit_logs_path == "" ? "6sense, Data Packs and Audit Logs\n  S3 Bucket Name        ${aws_s3_bucket.this.bucket}\n  Region                ${aws_s3_bucket.this.region}\n  Data packs file path  ${var.data_packs_path}" : var.audit_logs_frequency == "Daily" ? "6sense, Data Packs and Audit Logs\n  S3 Bucket Name        ${aws_s3_bucket.this.bucket}\n  Region                ${aws_s3_bucket.this.region}\n  Data packs file path  ${var.data_packs_path}\n  Audit logs file path  ${var.audit_logs_path}\n  Audit logs frequency  Daily" : "6sense, Data Packs and Audit Logs\n  S3 Bucket Name        ${aws_s3_bucket.this.bucket}\n  Region                ${aws_s3_bucket.this.region}\n  Data packs file path  ${var.data_packs_path}\n  Audit logs file path  ${var.audit_logs_path}\n  Audit logs frequency  Hourly"
}

output "data_packs_file_path" {
  description = "Data packs file path"
  value       = var.data_packs_path
}

output "delivery_contract" {
  description = "The delivery contract, for vendor-destination validate and watch"
  value       = terraform_data.validation.input
  sensitive   = true
}

output "region" {
  description = "Region"
  value       = aws_s3_bucket.this.region
}

output "s3_bucket_name" {
  description = "S3 Bucket Name"
  value       = aws_s3_bucket.this.bucket
}

output "bucket_name" {
  description = "Name of the bucket"
  value       = aws_s3_bucket.this.bucket
}

output "bucket_arn" {
  description = "ARN of the bucket"
  value       = aws_s3_bucket.this.arn
}
