/** `check` on files in Terraform's native syntax: the same verdict as on their JSON form. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseHcl } from "../../../lib/plan/hcl";
import { cli, folder } from "../run-program";

const KANDJI = `
variable "vendor_account_id" {
  type = string
}

locals {
  bucket = "acme-kandji-activity"
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "activity" {
  bucket = local.bucket
}

resource "aws_s3_bucket_public_access_block" "activity" {
  bucket                  = aws_s3_bucket.activity.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "activity" {
  bucket = aws_s3_bucket.activity.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default { sse_algorithm = "AES256" }
  }
}

resource "aws_s3_bucket_policy" "activity" {
  bucket = aws_s3_bucket.activity.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AllowSSLRequestsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.activity.arn, "\${aws_s3_bucket.activity.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_iam_role" "kandji" {
  name = "kandji-delivery"
  assume_role_policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::\${var.vendor_account_id}:role/kandji-activity" },
        "Action": "sts:AssumeRole"
      }]
    }
  JSON
}

resource "aws_iam_role_policy" "kandji" {
  name = "delivery"
  role = aws_iam_role.kandji.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:ListBucket", Resource = aws_s3_bucket.activity.arn },
      { Effect = "Allow", Action = "s3:*", Resource = "\${aws_s3_bucket.activity.arn}/*" },
    ]
  })
}
`;
const VALUES = `vendor_account_id = "222222222222"\n`;
const VENDOR = "--vendor kandji --vendor-account-id 222222222222 --vendor-role-name kandji-activity --destination-path activity".split(" ");

test("passes a destination in HCL, as its JSON form", async () => {
  const hcl = await cli("check", folder({ "main.tf": KANDJI, "terraform.tfvars": VALUES }), ...VENDOR);
  const json = await cli(
    "check",
    folder({ "main.tf.json": parseHcl(KANDJI), "terraform.tfvars.json": { vendor_account_id: "222222222222" } }),
    ...VENDOR,
  );

  expect(hcl.code, hcl.out).toBe(0);
  expect(json.code, json.out).toBe(0);
  expect(hcl.out.match(/\d+ as expected/)?.[0]).toBe(json.out.match(/\d+ as expected/)?.[0]);
});

test("fails on a statement that opens the bucket, at its line", async () => {
  const open = `
resource "aws_s3_bucket_policy" "more" {
  bucket = aws_s3_bucket.activity.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-kandji-activity/*" }]
  })
}
`;
  const path = folder({ "main.tf": KANDJI, "open.tf": open, "terraform.tfvars": VALUES });

  const { code, out } = await cli("check", path, ...VENDOR);

  expect(code).toBe(1);
  expect(out).toContain(`${join(path, "open.tf")}:4`);
});

test("fails where only an override file, a later file of values or a file of OpenTofu breaks it", async () => {
  const override = `resource "aws_s3_bucket_public_access_block" "activity" {\n  block_public_acls = false\n}\n`;
  const files: Record<string, string>[] = [
    { "main.tf": KANDJI, "terraform.tfvars": VALUES, "main_override.tf": override },
    { "main.tf": KANDJI, "terraform.tfvars": VALUES, "z.auto.tfvars": 'vendor_account_id = "333333333333"' },
    {
      "main.tf": KANDJI,
      "main.tofu": KANDJI.replace("block_public_acls       = true", "block_public_acls       = false"),
      "terraform.tfvars": VALUES,
    },
  ];

  for (const given of files) expect((await cli("check", folder(given), ...VENDOR)).code).toBe(1);
});

test("reads local modules", async () => {
  const call = `module "destination" {\n  source            = "./destination"\n  vendor_account_id = "222222222222"\n}\n`;

  expect((await cli("check", folder({ "main.tf": call, "destination/main.tf": KANDJI }), ...VENDOR)).code).toBe(0);
});

test("ends with 2 on broken HCL, and names line and column", async () => {
  const { code, err } = await cli("check", folder({ "main.tf": 'resource "aws_s3_bucket" "b" {\n  bucket = \n' }));

  expect(code).toBe(2);
  expect(err).toMatch(/is not valid HCL: .* at line \d+, column \d+; correct it.*main\.tf/);
});

test("names a setting by its argument in Terraform, and by its prop in what constructs write", async () => {
  const broken = KANDJI.replace("block_public_acls       = true", "block_public_acls       = false");
  const causeIn = async (name: string, content: unknown) => {
    const { out } = await cli(
      "check",
      folder({ [name]: content, "terraform.tfvars.json": { vendor_account_id: "222222222222" } }),
      ...VENDOR,
    );
    return /cause +(.*)/.exec(out)?.[1];
  };

  expect(await causeIn("main.tf", broken)).toBe("'block_public_acls' is false");
  expect(await causeIn("main.tf.json", parseHcl(broken))).toBe("'block_public_acls' is false");
  expect(await causeIn("cdk.tf.json", parseHcl(broken))).toBe("'blockPublicAcls' is false");
});

test("names the settings of a finding in the same way", async () => {
  const bucket = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme-logs"\n}\n';
  const settingsIn = async (name: string, content: unknown) =>
    /block-public-access-off: not enabled: (.*)/.exec((await cli("check", folder({ [name]: content }))).out)?.[1];

  const inTerraform = "block_public_acls, ignore_public_acls, block_public_policy, restrict_public_buckets";
  expect(await settingsIn("main.tf", bucket)).toBe(inTerraform);
  expect(await settingsIn("main.tf.json", parseHcl(bucket))).toBe(inTerraform);
  expect(await settingsIn("cdk.tf.json", parseHcl(bucket))).toBe(
    "blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets",
  );
});
