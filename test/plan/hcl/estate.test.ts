import { expect, test } from "vitest";
import { type AccountModel, readConfiguration } from "../../../lib/plan";
import { parseHcl } from "../../../lib/plan/hcl";
import { shown } from "../read";

const HCL = `
variable "vendor_account_id" {
  type    = string
  default = "111122223333"
}

variable "prefixes" {
  type    = set(string)
  default = ["b/", "a/"]
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_s3_bucket" "logs" {
  provider = aws.west
  bucket   = "acme-logs"

  lifecycle {
    ignore_changes = [acl, policy]
  }
  acl = "private"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default { sse_algorithm = "AES256" }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "\${aws_s3_bucket.logs.arn}/*",
        "Condition": { "Bool": { "aws:SecureTransport": "false" } }
      }]
    }
  JSON
}

data "aws_iam_policy_document" "write" {
  dynamic "statement" {
    for_each = var.prefixes
    iterator = prefix
    content {
      actions   = ["s3:PutObject"]
      resources = ["\${aws_s3_bucket.logs.arn}/\${prefix.value}*"]
    }
  }
}

resource "aws_iam_role" "vendor" {
  name               = "vendor"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::\${var.vendor_account_id}:root" } }]
  })
}

resource "aws_iam_role_policy" "write" {
  name   = "write"
  role   = aws_iam_role.vendor.name
  policy = data.aws_iam_policy_document.write.json
}
`;

const SSL = { Bool: { "aws:SecureTransport": "false" } };
const DENY = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "${aws_s3_bucket.logs.arn}/*", Condition: SSL };
const TRUST =
  '${jsonencode({Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::${var.vendor_account_id}:root" } }]})}';
const CONTENT = { actions: ["s3:PutObject"], resources: ["${aws_s3_bucket.logs.arn}/${prefix.value}*"] };

/** The same, as somebody would write it in the JSON syntax. */
const JSON_FORM = {
  variable: { vendor_account_id: { type: "string", default: "111122223333" }, prefixes: { type: "set(string)", default: ["b/", "a/"] } },
  provider: { aws: [{ region: "eu-central-1" }, { alias: "west", region: "us-west-2" }] },
  data: {
    aws_iam_policy_document: { write: { dynamic: { statement: { for_each: "${var.prefixes}", iterator: "prefix", content: CONTENT } } } },
  },
  resource: {
    aws_s3_bucket: {
      logs: { provider: "aws.west", bucket: "acme-logs", acl: "private", lifecycle: { ignore_changes: ["acl", "policy"] } },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      logs: {
        bucket: "${aws_s3_bucket.logs.id}",
        rule: [{ bucket_key_enabled: true, apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
      },
    },
    aws_s3_bucket_policy: {
      logs: { bucket: "${aws_s3_bucket.logs.id}", policy: JSON.stringify({ Version: "2012-10-17", Statement: [DENY] }) },
    },
    aws_iam_role: { vendor: { name: "vendor", assume_role_policy: TRUST } },
    aws_iam_role_policy: {
      write: { name: "write", role: "${aws_iam_role.vendor.name}", policy: "${data.aws_iam_policy_document.write.json}" },
    },
  },
};

test("a configuration in HCL describes the same buckets and roles as in the JSON syntax", () => {
  const [hcl, json] = [readConfiguration(parseHcl(HCL), "main.tf"), readConfiguration(JSON_FORM, "main.tf")];

  expect(json.buckets[0]).toMatchObject({ region: "us-west-2", encryption: "AES256", ignored: [{ argument: "acl" }] });
  expect(json.roles[0]!.inlinePolicies).toMatchObject([
    { document: { Statement: [{ Action: "s3:PutObject" }, { Action: "s3:PutObject" }] } },
  ]);
  expect(contentOf(hcl)).toEqual(contentOf(json));
  expect(hcl.problems).toEqual([]);
});

/** The model without places in the file and the white space of texts. */
function contentOf(model: AccountModel): unknown {
  return JSON.parse(JSON.stringify(shown(model)), (key, value) => (["location", "locations", "text"].includes(key) ? undefined : value));
}
