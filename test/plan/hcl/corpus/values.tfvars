bucket_name  = "acme-logs"
external_ids = ["a-1", "b-2"]
grants = {
  kandji = {
    actions  = ["s3:PutObject"],
    prefixes = ["activity/"]
  }
}
enabled = true
days    = 30
ratio   = -0.5
nothing = null
text    = <<-EOT
  several
    lines
EOT
