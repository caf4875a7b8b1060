import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { afterAll, describe, expect, test } from "vitest";
import {
  BucketEncryption,
  BucketVersioning,
  DestinationBucket,
  DestinationValidation,
  KandjiDestination,
  type KandjiDestinationProps,
  ObjectOwnership,
  OnUnknown,
  ValidationMode,
  type ValidationOptions,
} from "../../lib";
import { KANDJI, kandji, newApp, newStack, synthesize, synthesizedOf } from "./synthesized";

const validationOf = (validation: ValidationOptions = {}) => kandji({ validation }).only("terraform_data");
const hookOf = (validation: ValidationOptions = {}) => validationOf(validation).provisioner[0]["local-exec"];

describe("a validation", () => {
  test("holds the delivery contract as its input", () => {
    expect(validationOf().input).toMatchObject({
      schemaVersion: 1,
      id: "stack/Kandji",
      door: "assumedRole",
      bucket: { name: "acme-kandji-activity", arn: "arn:aws:s3:::acme-kandji-activity" },
    });
  });

  test("runs once the policies are written", () => {
    expect(validationOf().depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_policy\./),
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
  });

  test("hands every value over by the environment: the command line holds the program's place alone", () => {
    const { command, environment } = hookOf({
      awsProfile: "deploy",
      vendorAwsProfile: "kandji",
      timeoutSeconds: 60,
      environment: { AWS_ENDPOINT_URL: "https://localhost:4566" },
    });

    expect(command).toMatch(/^node "\$\{path\.module\}\/assets\/VendorDestinationProgram\/[0-9A-F]{32}\/index\.js" validate$/);
    expect(environment).toEqual({
      VENDOR_DESTINATION_CONTRACT: "${jsonencode(self.input)}",
      AWS_PROFILE: "deploy",
      VENDOR_DESTINATION_VENDOR_AWS_PROFILE: "kandji",
      VENDOR_DESTINATION_TIMEOUT_SECONDS: "60",
      AWS_ENDPOINT_URL: "https://localhost:4566",
    });
  });

  test("leaves the environment as Terraform has it by default", () => {
    expect(hookOf().environment).toEqual({ VENDOR_DESTINATION_CONTRACT: "${jsonencode(self.input)}" });
  });

  test("does not let the environment replace the contract", () => {
    const { environment } = hookOf({ environment: { VENDOR_DESTINATION_CONTRACT: "{}" } });

    expect(environment.VENDOR_DESTINATION_CONTRACT).toBe("${jsonencode(self.input)}");
  });

  test("can only warn, also where the program cannot start: Terraform itself goes on", () => {
    expect(hookOf({ mode: ValidationMode.WARN }).environment.VENDOR_DESTINATION_WARN_ONLY).toBe("1");
    expect(hookOf({ mode: ValidationMode.WARN }).on_failure).toBe("continue");
    expect(hookOf({ mode: ValidationMode.ENFORCE }).environment).not.toHaveProperty("VENDOR_DESTINATION_WARN_ONLY");
    expect(hookOf({ mode: ValidationMode.ENFORCE })).not.toHaveProperty("on_failure");
  });

  test("passes on what to do where something is unknown, and the role to assume", () => {
    const { environment } = hookOf({ onUnknown: OnUnknown.WARN, assumeRoleArn: "arn:aws:iam::111111111111:role/deploy" });

    expect(environment).toMatchObject({
      VENDOR_DESTINATION_ON_UNKNOWN: "warn",
      VENDOR_DESTINATION_ASSUME_ROLE_ARN: "arn:aws:iam::111111111111:role/deploy",
    });
  });

  test("fails with a role to assume that is no ARN of a role", () => {
    expect(() => validationOf({ assumeRoleArn: "deploy" })).toThrow(/InvalidArn: 'validation.assumeRoleArn' /);
  });

  test("can be turned off; the contract still travels, and no program comes along", () => {
    const { input, provisioner, triggers_replace } = validationOf({ mode: ValidationMode.OFF });

    expect(input.schemaVersion).toBe(1);
    expect(provisioner).toBeUndefined();
    expect(triggers_replace).not.toHaveProperty("program");
  });

  test.each([0, 901, 1.5, Number.NaN])("fails with a wait of %d seconds", (timeoutSeconds) => {
    expect(() => validationOf({ timeoutSeconds })).toThrow(/MalformedNumber: 'validation.timeoutSeconds' .*\(at stack\/Kandji\)/);
  });
});

describe("a validation runs again", () => {
  const triggers = (props: Partial<KandjiDestinationProps> = {}) => kandji(props).only("terraform_data").triggers_replace;

  test("when a live policy, the posture, the role or the bucket changes, because it watches their attributes", () => {
    expect(triggers()).toEqual({
      bucket: expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.arn\}$/),
      bucketPolicy: expect.stringMatching(/^\$\{aws_s3_bucket_policy\.\w+\.policy\}$/),
      publicAccessBlock: expect.stringMatching(/^\$\{jsonencode\(\[aws_s3_bucket_public_access_block\.\w+\.block_public_acls, .*\]\)\}$/),
      ownership: expect.stringMatching(/^\$\{aws_s3_bucket_ownership_controls\.\w+\.rule\[0\]\.object_ownership\}$/),
      encryption: expect.stringMatching(/^\$\{jsonencode\(aws_s3_bucket_server_side_encryption_configuration\.\w+\.rule\)\}$/),
      versioning: expect.stringMatching(/^\$\{aws_s3_bucket_versioning\.\w+\.versioning_configuration\[0\]\.status\}$/),
      role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.unique_id\}$/),
      trustPolicy: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.assume_role_policy\}$/),
      inlinePolicy: expect.stringMatching(/^\$\{aws_iam_role_policy\.\w+\.policy\}$/),
      resourceIds: expect.stringMatching(/^\$\{jsonencode\(\[aws_s3_bucket_policy\.\w+\.id, .*, aws_iam_role_policy\.\w+\.id\]\)\}$/),
      contract: expect.stringMatching(/^[0-9a-f]{64} /),
      program: expect.stringMatching(/^[0-9A-F]{32}$/),
      mode: "enforce",
    });
  });

  test("when Terraform changes one of them in place, also where that only undoes a change by hand; not when it changes tags", () => {
    const { lifecycle } = kandji({}).only("terraform_data");

    expect(lifecycle.replace_triggered_by.map((reference: string) => reference.replace(/\.\w+/, ""))).toEqual([
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_iam_role_policy",
      "aws_iam_role.assume_role_policy",
      "aws_iam_role.permissions_boundary",
    ]);
  });

  test.each<[string, Partial<KandjiDestinationProps>]>([
    ["the destination path", { destinationPath: "activity" }],
    ["the vendor's role", { vendorRoleName: "kandji-other" }],
    ["the region", { region: "eu-west-1" }],
    ["the ownership", { objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED }],
  ])("when the contract changes by %s", (_, props) => {
    expect(triggers(props).contract).not.toBe(triggers().contract);
  });

  test("when only Terraform knows what changed in the contract", () => {
    const { contract } = triggers({ destinationPath: "${var.path}" });

    expect(contract).toContain('${trimsuffix(var.path, "/")}');
  });

  test.each<[string, Partial<KandjiDestinationProps>]>([
    ["tags", { tags: { owner: "security" } }],
    ["its environment", { validation: { environment: { A: "1" }, timeoutSeconds: 5 } }],
    ["whether the bucket is kept", { forceDestroy: true }],
    ["the description of nothing", {}],
  ])("not when there is only a change of %s", (_, props) => {
    expect(triggers(props)).toEqual(triggers());
  });
});

describe("the program", () => {
  const folder = mkdtempSync(join(tmpdir(), "synth-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is one asset of the stack, however many destinations there are, and lies beside the JSON", () => {
    const app = new App({ outdir: folder });
    const stack = new TerraformStack(app, "stack");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new KandjiDestination(stack, "One", KANDJI);
    new KandjiDestination(stack, "Other", { ...KANDJI, bucketName: "acme-other" });

    app.synth();

    const synthesized = readFileSync(join(folder, "stacks/stack/cdk.tf.json"), "utf8");
    const places = new Set(synthesized.match(/assets\/[^"\\]+index\.js/g));
    expect(places.size).toBe(1);
    expect(existsSync(join(folder, "stacks/stack", [...places][0]!))).toBe(true);
    expect(synthesized).not.toContain(folder);
  });
});

describe("the output with the contract", () => {
  test("is the contract as Terraform knows it, and not printed at each apply", () => {
    const stack = newStack();
    const { validation } = new KandjiDestination(stack, "Kandji", KANDJI);

    const { outputs } = synthesize(stack);

    expect(validation.contractOutputName).toBe("kandji_delivery_contract");
    expect(outputs.kandji_delivery_contract).toMatchObject({
      value: expect.stringMatching(/^\$\{terraform_data\.\w+\.input\}$/),
      sensitive: true,
    });
  });
});

describe("the principal that deploys", () => {
  const ROLE = "arn:aws:iam::111111111111:role/deploy";
  /** The warnings of an app whose provider has these arguments. */
  function warnings(provider: AwsProviderConfig, validation?: ValidationOptions, alias?: AwsProviderConfig): string[] {
    const folder = mkdtempSync(join(tmpdir(), "synth-"));
    const app = newApp(folder);
    const stack = new TerraformStack(app, "stack");
    new AwsProvider(stack, "aws", { region: "eu-west-1", ...provider });
    const other = alias && new AwsProvider(stack, "other", { region: "eu-west-1", alias: "other", ...alias });
    const { node } = new KandjiDestination(stack, "Kandji", { ...KANDJI, validation, provider: other });
    app.synth();
    rmSync(folder, { recursive: true });
    return node.metadata.map(({ data }) => String(data)).filter((text) => text.startsWith("OtherDeployer"));
  }

  test.each<[string, AwsProviderConfig]>([
    ["a role", { assumeRole: [{ roleArn: ROLE }] }],
    ["a profile", { profile: "deploy" }],
    ["keys", { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "secret" }],
  ])("is warned of where the provider has %s and the hook has none", (_, provider) => {
    expect(warnings(provider)).toEqual([expect.stringContaining("the provider stack/aws has")]);
  });

  test("is warned of where the destination's own provider has another alias", () => {
    expect(warnings({}, undefined, { profile: "other" })).toEqual([expect.stringContaining("the provider stack/other has 'profile'")]);
    expect(warnings({ profile: "deploy" }, undefined, {})).toEqual([]);
  });

  test.each<[string, ValidationOptions]>([
    ["the role", { assumeRoleArn: ROLE }],
    ["a profile", { awsProfile: "deploy" }],
    ["a profile in its environment", { environment: { AWS_PROFILE: "deploy" } }],
    ["nothing to run", { mode: ValidationMode.OFF }],
  ])("is not warned of where the hook has %s", (_, validation) => {
    expect(warnings({ assumeRole: [{ roleArn: ROLE }] }, validation)).toEqual([]);
  });

  test("is not warned of where the provider acts with the environment's credentials", () => {
    expect(warnings({})).toEqual([]);
  });
});

describe("a validation on its own", () => {
  test("watches what it is told to", () => {
    const validation = synthesizedOf((stack) => {
      const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme-logs" });
      new DestinationValidation(stack, "Validation", {
        contract: { schemaVersion: 1 },
        triggers: { policy: bucket.policy.policy },
        dependsOn: [bucket.policy],
      });
    }).only("terraform_data");

    expect(validation.triggers_replace.policy).toMatch(/^\$\{aws_s3_bucket_policy\.\w+\.policy\}$/);
    expect(validation.depends_on).toHaveLength(1);
  });
});

describe("what breaks the contract fails at synth", () => {
  const withStatement = (statement: object) => () => {
    const stack = newStack();
    new KandjiDestination(stack, "Kandji", KANDJI).bucket.addToResourcePolicy(statement);
    return synthesize(stack);
  };
  const OBJECTS = "arn:aws:s3:::acme-kandji-activity/*";

  test("fails with a deny that locks the vendor out, and names the statement", () => {
    const deny = { Sid: "DenyPut", Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: OBJECTS };

    expect(withStatement(deny)).toThrow(/ContractBroken: the expectation 'vendor-can-put'.*DenyPut/);
  });

  test("fails with an allow that lets another principal of the vendor's account in", () => {
    const allow = { Sid: "Open", Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "s3:GetObject", Resource: OBJECTS };

    expect(withStatement(allow)).toThrow(/ContractBroken: the expectation 'stranger-in-vendor-account-cannot-get'.*Open/);
  });

  test("knows what Terraform can work out at synth", () => {
    const stack = newStack();
    new KandjiDestination(stack, "Kandji", { ...KANDJI, vendorRoleName: '${lower("KANDJI")}', destinationPath: '${lower("A")}' });

    expect(() => synthesize(stack)).not.toThrow();
  });

  test("leaves a statement alone that breaks nothing", () => {
    const deny = { Sid: "DenyTagging", Effect: "Deny", Principal: "*", Action: "s3:PutObjectTagging", Resource: OBJECTS };

    expect(withStatement(deny)).not.toThrow();
  });

  test("fails when an override undoes the posture", () => {
    const stack = newStack();
    const { bucket } = new KandjiDestination(stack, "Kandji", KANDJI);
    bucket.publicAccessBlock.blockPublicPolicy = false;

    expect(() => synthesize(stack)).toThrow(/ContractBroken: the expectation 'block-public-policy'/);
  });

  test("leaves encryption and versioning of the user's choice alone where the vendor documents none", () => {
    expect(() =>
      synthesizedOf((stack) => {
        new DestinationBucket(stack, "Bucket", {
          versioning: BucketVersioning.ENABLED,
          encryption: BucketEncryption.SSE_KMS,
          kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1",
        });
      }),
    ).not.toThrow();
  });
});
