/** Every prop both ways: what is known is checked and literal, what is not known passes through to Terraform. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataResource, Fn, Lazy, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  AuditLogFrequency,
  BucketEncryption,
  DestinationBucket,
  DestinationValidation,
  ExternalIdUse,
  KandjiDestination,
  SixSenseDestination,
  VendorAccess,
  VendorDestination,
  VendorPermissions,
  VendorPrincipal,
  VendorRole,
} from "../../lib";
import { acme } from "./acme";
import { KANDJI, newStack, SIX_SENSE, type Synthesized, synthesizedOf } from "./synthesized";

type Build = (stack: TerraformStack, value: any) => void;

/** Ways to hand over a text that only Terraform knows. */
const SORTS: Record<string, (stack: TerraformStack) => string> = {
  "a variable": (stack) => variable(stack).stringValue,
  "a variable of any type": (stack) => Token.asString(variable(stack).value),
  "a function": (stack) => Fn.lower(variable(stack).stringValue),
  "a text with a variable in it": (stack) => `a${variable(stack).stringValue}z`,
  "a late value": (stack) => Lazy.stringValue({ produce: () => variable(stack).stringValue }),
  "an attribute of another resource": (stack) => new DataResource(stack, "Other").id,
  "an expression written by hand": () => "${var.late}",
  "an expression with quotes and braces written by hand": () => '${replace(var.late, "}", "{")}',
};

function variable(stack: TerraformStack): TerraformVariable {
  return (stack.node.tryFindChild("late") as TerraformVariable | undefined) ?? new TerraformVariable(stack, "late", { type: "any" });
}

const kandji =
  (prop: string): Build =>
  (stack, value) =>
    new KandjiDestination(stack, "Under", { ...KANDJI, [prop]: value });

const bucket =
  (prop: string, more: object = {}): Build =>
  (stack, value) =>
    new DestinationBucket(stack, "Under", { [prop]: value, ...more });

const role =
  (prop: string): Build =>
  (stack, value) =>
    new VendorRole(stack, "Under", { principals: [VendorPrincipal.account("222222222222")], [prop]: value }).addToPolicy({
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: "*",
    });

/** A text prop: how to build with it, a good literal, a bad one with its code, and where it ends up. */
const PROPS: Record<string, { build: Build; good: string; bad?: [string, RegExp]; found: (synthesized: Synthesized) => unknown }> = {
  "Kandji, vendorAccountId": {
    build: kandji("vendorAccountId"),
    good: "222222222222",
    bad: ["2", /^InvalidAccountId: 'vendorAccountId'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "Kandji, vendorRoleName": {
    build: kandji("vendorRoleName"),
    good: "kandji",
    bad: ["a b", /^InvalidRoleName: 'vendorRoleName'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "Kandji, destinationPath": {
    build: kandji("destinationPath"),
    good: "activity",
    bad: ["/activity", /^MalformedKeyPrefix: 'destinationPath'/],
    found: ({ outputs }) => outputs.under_destination_path,
  },
  "Kandji, roleName": {
    build: kandji("roleName"),
    good: "acme",
    bad: ["a/b", /^InvalidRoleName: 'roleName'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "Kandji, rolePath": {
    build: kandji("rolePath"),
    good: "/acme/",
    bad: ["acme", /^InvalidRolePath: 'rolePath'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "Kandji, permissionsBoundaryArn": {
    build: kandji("permissionsBoundaryArn"),
    good: "arn:aws:iam::111111111111:policy/boundary",
    bad: ["boundary", /^InvalidArn: 'permissionsBoundaryArn'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "Kandji, validatorPrincipalArn": {
    build: kandji("validatorPrincipalArn"),
    good: "arn:aws:iam::111111111111:role/deploy",
    bad: ["deploy", /^InvalidArn: 'validatorPrincipalArn'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "6sense, vendorRoleArn": {
    build: (stack, vendorRoleArn) => new SixSenseDestination(stack, "Under", { ...SIX_SENSE, vendorRoleArn }),
    good: "arn:aws:iam::222222222222:role/6sense",
    bad: ["6sense", /^InvalidArn: 'vendorRoleArn'/],
    found: ({ json }) => json.resource.aws_s3_bucket_policy,
  },
  "6sense, region": {
    build: (stack, region) => new SixSenseDestination(stack, "Under", { ...SIX_SENSE, region }),
    good: "sa-east-1",
    bad: ["eu-south-1", /^UnsupportedRegion: 'region'/],
    found: ({ json }) => json.resource.aws_s3_bucket,
  },
  "6sense, dataPacks.filePath": {
    build: (stack, filePath) => new SixSenseDestination(stack, "Under", { ...SIX_SENSE, dataPacks: { filePath } }),
    good: "packs",
    bad: ["a//b", /^MalformedKeyPrefix: 'dataPacks.filePath'/],
    found: ({ outputs }) => outputs.under_data_packs_file_path,
  },
  "6sense, auditLogs.filePath": {
    build: (stack, filePath) =>
      new SixSenseDestination(stack, "Under", { ...SIX_SENSE, auditLogs: { filePath, frequency: AuditLogFrequency.DAILY } }),
    good: "audit",
    bad: ["a*", /^MalformedKeyPrefix: 'auditLogs.filePath'/],
    found: ({ outputs }) => outputs.under_audit_logs_file_path,
  },
  "bucket, bucketName": {
    build: bucket("bucketName"),
    good: "acme-logs",
    bad: ["Acme", /^InvalidBucketName: 'bucketName'/],
    found: ({ json }) => json.resource.aws_s3_bucket,
  },
  "bucket, region": {
    build: bucket("region"),
    good: "eu-west-1",
    bad: ["Ireland", /^UnknownRegion: 'region'/],
    found: ({ json }) => json.resource.aws_s3_bucket_versioning,
  },
  "bucket, partition": {
    build: bucket("partition", { bucketName: "acme-logs" }),
    good: "aws-cn",
    bad: ["china", /^UnknownValue: 'partition'/],
    found: ({ json }) => json.resource.aws_s3_bucket_policy,
  },
  "bucket, kmsKeyArn": {
    build: bucket("kmsKeyArn", { encryption: BucketEncryption.SSE_KMS }),
    good: "arn:aws:kms:eu-west-1:111111111111:key/1",
    bad: ["alias/aws/s3", /^InvalidArn: 'kmsKeyArn'/],
    found: ({ json }) => json.resource.aws_s3_bucket_server_side_encryption_configuration,
  },
  "bucket, minimumTlsVersion": {
    build: bucket("minimumTlsVersion"),
    good: "1.2",
    bad: ["1.0", /^UnknownValue: 'minimumTlsVersion'/],
    found: ({ json }) => json.resource.aws_s3_bucket_policy,
  },
  "bucket, a tag": {
    build: (stack, owner) => new DestinationBucket(stack, "Under", { tags: { owner } }),
    good: "security",
    found: ({ json }) => json.resource.aws_s3_bucket,
  },
  "role, description": { build: role("description"), good: "text", found: ({ json }) => json.resource.aws_iam_role },
  "role, an external ID": {
    build: (stack, id) => role("externalIds")(stack, [id]),
    good: "customer-42",
    bad: ["a b", /^InvalidExternalId: 'externalIds'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "role, partition": {
    build: role("partition"),
    good: "aws-cn",
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "principal, role by account": {
    build: (stack, value) => role("principals")(stack, [VendorPrincipal.role(value, "x")]),
    good: "222222222222",
    bad: ["22", /^InvalidAccountId: 'accountId'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "principal, user": {
    build: (stack, value) => role("principals")(stack, [VendorPrincipal.userArn(value)]),
    good: "arn:aws:iam::222222222222:user/x",
    bad: ["arn:aws:iam::222222222222:role/x", /^InvalidArn: 'userArn'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "principal, account": {
    build: (stack, value) => role("principals")(stack, [VendorPrincipal.account(value)]),
    good: "222222222222",
    bad: ["root", /^InvalidAccountId: 'accountId'/],
    found: ({ json }) => json.resource.aws_iam_role,
  },
  "validation, awsProfile": {
    build: (stack, awsProfile) => new DestinationValidation(stack, "Under", { contract: {}, awsProfile }),
    good: "deploy",
    found: ({ json }) => json.resource.terraform_data,
  },
  "validation, an environment variable": {
    build: (stack, value) => new DestinationValidation(stack, "Under", { contract: {}, environment: { AWS_ENDPOINT_URL: value } }),
    good: "https://localhost",
    found: ({ json }) => json.resource.terraform_data,
  },
  "validation, the contract": {
    build: (stack, value) => new DestinationValidation(stack, "Under", { contract: { keyPrefix: value } }),
    good: "activity/",
    found: ({ json }) => json.resource.terraform_data,
  },
};

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

describe.each(Object.entries(PROPS))("%s", (_, { build, good, found }) => {
  test("is literal when it is known", () => {
    const synthesized = synthesizedOf((stack) => build(stack, good));

    expect(JSON.stringify(found(synthesized))).toContain(good);
  });

  test.each(Object.entries(SORTS))("passes through as %s", (__, late) => {
    const synthesized = synthesizedOf((stack) => {
      const value = late(stack);
      new TerraformOutput(stack, "value", { value });
      build(stack, value);
    });

    const expression: string = synthesized.outputs.value.value;
    const bare = expression.replace(/^\$\{|\}$/g, "");
    expect(textsIn(found(synthesized)).filter((text) => text.includes(expression) || text.includes(`jsonencode(${bare})`))).not.toEqual([]);
    expect(JSON.stringify(synthesized.json)).not.toContain("TfToken");
  });
});

test.each(Object.entries(PROPS).flatMap(([name, { build, bad }]) => (bad ? [{ name, build, bad }] : [])))(
  "fails when it is known and wrong: $name",
  ({ build, bad: [value, message] }) => {
    expect(() => build(newStack(), value)).toThrow(message);
  },
);

test("numbers that only Terraform knows pass through", () => {
  const synthesized = synthesizedOf((stack) => {
    const number = variable(stack).numberValue;
    new DestinationBucket(stack, "Bucket", { abortIncompleteMultipartUploadAfterDays: number });
    role("maxSessionDurationSeconds")(stack, number);
    new DestinationValidation(stack, "Validation", { contract: {}, timeoutSeconds: number });
  });

  const [lifecycle] = synthesized.only("aws_s3_bucket_lifecycle_configuration").rule;
  const [provisioner] = synthesized.only("terraform_data").provisioner;
  expect(lifecycle.abort_incomplete_multipart_upload[0].days_after_initiation).toBe("${var.late}");
  expect(synthesized.only("aws_iam_role").max_session_duration).toBe("${var.late}");
  expect(provisioner["local-exec"].environment.VENDOR_DESTINATION_TIMEOUT_SECONDS).toBe("${var.late}");
});

test("a list of external IDs that only Terraform knows passes through", () => {
  const synthesized = synthesizedOf((stack) => role("externalIds")(stack, variable(stack).listValue));

  expect(synthesized.only("aws_iam_role").assume_role_policy).toContain('{"sts:ExternalId":${jsonencode(var.late)}}');
});

test("tags that only Terraform knows pass through", () => {
  const synthesized = synthesizedOf((stack) => {
    new DestinationBucket(stack, "Bucket", { tags: Token.asStringMap(variable(stack).value) });
  });

  expect(synthesized.only("aws_s3_bucket").tags).toBe("${var.late}");
});

test("a value of another stack passes through the remote state", () => {
  const app = Testing.app();
  const [one, other] = ["one", "other"].map((name) => new TerraformStack(app, name)) as [TerraformStack, TerraformStack];
  new AwsProvider(other, "aws", { region: "eu-west-1" });
  new KandjiDestination(other, "Kandji", { ...KANDJI, vendorAccountId: new DataResource(one, "Account").id });

  app.synth();

  const json = JSON.parse(readFileSync(join(app.outdir, "stacks/other/cdk.tf.json"), "utf8"));
  const [role] = Object.values<any>(json.resource.aws_iam_role);
  expect(role.assume_role_policy).toMatch(/"arn:aws:iam::\$\{data\.terraform_remote_state\.[^}]*\}:role\/kandji-activity"/);
});

test("a path that is known in part goes with policies and contract alike", () => {
  const path = (stack: TerraformStack) => `logs/${variable(stack).stringValue}/kandji`;
  const build = (stack: TerraformStack) =>
    new KandjiDestination(stack, "Kandji", { ...KANDJI, destinationPath: path(stack), permissions: VendorPermissions.LEAST_PRIVILEGE });

  expect(() => synthesizedOf(build)).not.toThrow();
});

test("of a list of external IDs that only Terraform knows, the contract holds the first", () => {
  const synthesized = synthesizedOf((stack) => {
    const access = VendorAccess.assumedRole({
      principals: [VendorPrincipal.account("222222222222")],
      externalIds: variable(stack).listValue,
    });
    new VendorDestination(stack, "Acme", { vendor: acme({ externalId: ExternalIdUse.REQUIRED }), access });
  });

  expect(synthesized.contract.externalIds).toEqual(["${element(var.late, 0)}"]);
});
