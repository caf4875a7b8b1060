output "bucket_arn" {
  value = aws_s3_bucket.logs.arn
}

output "roles" {
  description = <<-EOT
    The roles, by name.
      Indented more.

    Last line.
  EOT
  value       = { for role in aws_iam_role.vendor : role.name => role.arn... }
  sensitive   = true
  depends_on  = [aws_iam_role_policy.write]

  precondition {
    condition     = length(aws_iam_role.vendor) > 0
    error_message = "There is no role."
  }
}
