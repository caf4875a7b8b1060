import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { expect, test } from "vitest";
import { KandjiDestination } from "../../lib";
import { KANDJI, newStack, synthesize, synthesizedOf } from "./synthesized";

test("an override adds to the contract and the triggers of a validation", () => {
  const stack = newStack();
  const { validation } = new KandjiDestination(stack, "Kandji", KANDJI);
  validation.resource.addOverride("triggers_replace.release", "42");
  validation.resource.addOverride("input.note", "for the auditors");

  const data = synthesize(stack).only("terraform_data");

  expect(data.triggers_replace).toMatchObject({ release: "42", mode: "enforce", role: expect.any(String) });
  expect(data.input).toMatchObject({ note: "for the auditors", vendor: { id: "kandji" } });
});

test("a contract with tokens holds Terraform's expressions", () => {
  const { contract } = synthesizedOf((stack) => {
    const bucketName = new TerraformVariable(stack, "bucket", { type: "string" }).stringValue;
    new KandjiDestination(stack, "Kandji", { ...KANDJI, bucketName });
  });

  expect(contract.bucket.name).toMatch(/^\$\{aws_s3_bucket\.\w+\.bucket\}$/);
  expect(JSON.stringify(contract)).not.toContain("TfToken");
});

test("a contract may refer to another stack", () => {
  const app = Testing.app();
  const other = new TerraformStack(app, "other");
  const stack = new TerraformStack(app, "stack");
  for (const one of [other, stack]) new AwsProvider(one, "aws", { region: "eu-west-1" });
  const role = new IamRole(other, "Role", { name: "kandji-activity", assumeRolePolicy: "{}" });
  new KandjiDestination(stack, "Kandji", { ...KANDJI, vendorRoleName: role.name });

  app.synth();

  const { contract } = synthesize(stack);
  expect(contract.vendorPrincipals[0]).toMatch(/^arn:aws:iam::222222222222:role\/\$\{data\.terraform_remote_state\..*\}$/);
});
