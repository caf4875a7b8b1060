/** `check` on calls of this project's Terraform modules. */
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { cli, folder } from "../run-program";

const CALLS = {
  kandji: `vendor_account_id = "222222222222"
  vendor_role_name  = "kandji-activity"`,
  "6sense": `vendor_role_arn = "arn:aws:iam::222222222222:role/6sense-common"
  data_packs_path = "data-packs"`,
  vendor: `vendor_principals = ["arn:aws:iam::222222222222:role/delivery"]
  external_ids = ["customer-42"]
  vendor_profile = {
    id = "vendor", vendorName = "Acme", product = "Logs", documentation = "https://docs.example.com/s3", accessMethods = ["assumedRole"]
    documentedPermissions = { bucketActions = ["s3:ListBucket"], objectActions = ["s3:PutObject"] }
    externalId = "required"
    facts = [{ fact = "that is all", source = "https://docs.example.com/s3" }]
  }`,
};

/** A root module that calls one of the modules. */
function caller(module: keyof typeof CALLS, given: string, rest = ""): string {
  const path = folder({});
  const source = relative(path, join("modules", module));
  const call = `module "destination" {\n  source = ${JSON.stringify(source)}\n  ${CALLS[module]}\n  ${given}\n}\n`;
  writeFileSync(join(path, "main.tf"), `provider "aws" {\n  region = "eu-west-1"\n}\n${call}${rest}`);
  return path;
}

test.each(["kandji", "6sense", "vendor"] as const)("the bucket's name of %s is not known before it is given", async (module) => {
  const { code, out, err } = await cli("check", caller(module, "bucket_name = var.bucket", 'variable "bucket" {}\n'));

  expect(err).toBe("");
  expect(out).toContain(`'accepted' of the delivery contract ${module}/\${var.bucket} is not known`);
  expect(code).toBe(3);
});

test.each(["kandji", "6sense", "vendor"] as const)("the bucket's name of %s is given", async (module) => {
  expect(await cli("check", caller(module, 'bucket_name = "acme-logs"'))).toMatchObject({ code: 0 });
});

test("fails where an argument is misspelt", async () => {
  const { code, err } = await cli("check", caller("kandji", 'bucket_name = "acme-logs"\n  destinationpath = "activity"'));

  expect(err).toContain("it gives destinationpath, which the module does not declare");
  expect(code).toBe(2);
});

test("fails where the bucket's name is missing", async () => {
  const { code, err } = await cli("check", caller("kandji", ""));

  expect(err).toContain("it lacks bucket_name, which the module requires");
  expect(code).toBe(2);
});

test("fails to pin a contract that is not known", async () => {
  const path = caller("kandji", "bucket_name = var.bucket", 'variable "bucket" {}\n');
  const { code, err } = await cli("check", path, "--write-pin", join(path, "pin.json"));

  expect(err).toContain("UnknownContract: 'accepted'");
  expect(code).toBe(2);
});
