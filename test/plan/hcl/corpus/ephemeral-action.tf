ephemeral "aws_secretsmanager_secret_version" "token" {
  secret_id = aws_secretsmanager_secret.token.id
}

action "aws_lambda_invoke" "notify" {
  config {
    function_name = aws_lambda_function.notify.function_name
    payload       = jsonencode({ event = "deployed" })
  }
}

resource "aws_ssm_parameter" "token" {
  name             = "/vendor/token"
  value_wo         = ephemeral.aws_secretsmanager_secret_version.token.secret_string
  value_wo_version = 1

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.aws_lambda_invoke.notify]
    }
  }
}
