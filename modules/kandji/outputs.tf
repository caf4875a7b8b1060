# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.

output "aws_account_id" {
  description = "AWS Account ID"
  value       = element(split(":", aws_iam_role.this.arn), 4)
}

output "aws_region" {
  description = "AWS Region"
  value       = aws_s3_bucket.this.region
}

output "connection_details" {
  description = "What to enter: Kandji, Activity Log"
  value = {
    "AWS Account ID"   = element(split(":", aws_iam_role.this.arn), 4)
    "AWS Region"       = aws_s3_bucket.this.region
    "Destination Path" = var.destination_path
    "IAM Role ARN"     = aws_iam_role.this.arn
    "S3 Bucket Name"   = aws_s3_bucket.this.bucket
  }
}

output "connection_form" {
  description = "What to enter, as text: Kandji, Activity Log"
  value       = "Kandji, Activity Log\n  AWS Account ID    ${element(split(":", aws_iam_role.this.arn), 4)}\n  S3 Bucket Name    ${aws_s3_bucket.this.bucket}\n  Destination Path  ${var.destination_path}\n  IAM Role ARN      ${aws_iam_role.this.arn}\n  AWS Region        ${aws_s3_bucket.this.region}"
}

output "delivery_contract" {
  description = "The delivery contract, for vendor-destination validate and watch"
  value       = terraform_data.validation.input
  sensitive   = true
}

output "destination_path" {
  description = "Destination Path"
  value       = var.destination_path
}

output "iam_role_arn" {
  description = "IAM Role ARN"
  value       = aws_iam_role.this.arn
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

output "role_name" {
  description = "Name of the role that the vendor assumes"
  value       = aws_iam_role.this.name
}

output "role_arn" {
  description = "ARN of the role that the vendor assumes"
  value       = aws_iam_role.this.arn
}
