terraform {
  cloud {
    organization = "acme"
    workspaces { tags = ["logs", "eu"] }
  }
  experiments = [module_variable_optional_attrs]
}
