resource "terraform_data" "validation" {
  input            = { contract = { version = 1, bucket = "acme-logs" }, dynamic = ["not", "a", "block"] }
  triggers_replace = [filesha256("${path.module}/program/index.js")]

  connection {
    host = self.output
  }

  provisioner "local-exec" {
    command     = "node '${path.module}/program/index.js' validate --input \"$CONTRACT\""
    environment = { CONTRACT = jsonencode(self.input) }
    on_failure  = continue
  }

  provisioner "local-exec" {
    when    = destroy
    command = "echo $${PATH} %%{literal}"
  }
}
