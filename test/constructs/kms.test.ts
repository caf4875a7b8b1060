/** SSE-KMS: a destination grants the vendor what uploads need, where it is needed. */
import { KmsKey, type KmsKeyConfig } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import type { TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import { BucketEncryption, DestinationBucket, VendorAccess, VendorDestination, VendorPrincipal } from "../../lib";
import { acme } from "./acme";
import { type Attributes, newStack, synthesize } from "./synthesized";

const VENDOR = "arn:aws:iam::444455556666:role/delivery";
const KEY = "arn:aws:kms:eu-west-1:111111111111:key/1";
const ROOT = "arn:aws:iam::111111111111:root";

const principals = [VendorPrincipal.roleArn(VENDOR)];
const byRole = VendorAccess.assumedRole({ principals });
const byBucketPolicy = VendorAccess.bucketPolicy({ principals });

function destination(stack: TerraformStack, access: VendorAccess, kmsKeyArn: string): VendorDestination {
  const encryption = BucketEncryption.SSE_KMS;
  return new VendorDestination(stack, "Acme", { vendor: acme(), access, bucketName: "acme-logs", encryption, kmsKeyArn });
}

const keyIn = (stack: TerraformStack, config: KmsKeyConfig = {}) => new KmsKey(stack, "Key", config);

/** The statements of the policy that a resource has, with Terraform's expressions as texts. */
function statementsOf({ policy }: Attributes): Attributes[] {
  return JSON.parse(
    policy.replaceAll(/\$\{jsonencode\((".*?(?<!\\)"|[\w.]+)\)\}/g, (_: string, value: string) =>
      value.startsWith('"') ? value : JSON.stringify(`\${${value}}`),
    ),
  ).Statement;
}

function complaint(build: (stack: TerraformStack) => void): string {
  const stack = newStack();
  build(stack);
  try {
    synthesize(stack);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a role", () => {
  test.each([
    ["a key of the stack", undefined, "${aws_kms_key.Key.arn}"],
    ["a key from elsewhere", KEY, KEY],
  ])("may use %s, through Amazon S3 alone", (_, arn, resource) => {
    const stack = newStack();
    destination(stack, byRole, arn ?? keyIn(stack).arn);

    expect(statementsOf(synthesize(stack).only("aws_iam_role_policy")).at(-1)).toEqual({
      Sid: "AllowVendorToUseKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: resource,
      Condition: { StringLike: { "kms:ViaService": "s3.*" } },
    });
  });

  test("has no right to a key where the bucket encrypts with SSE-S3", () => {
    const stack = newStack();
    new VendorDestination(stack, "Acme", { vendor: acme(), access: byRole, bucketName: "acme-logs" });

    expect(synthesize(stack).inlinePolicy.Statement.map(({ Sid: sid }: { Sid: string }) => sid)).not.toContain("AllowVendorToUseKey");
  });

  test("fails to synthesize where the key policy of the stack leaves out the account and the role", () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: `${ROOT.replace("root", "role/admin")}` }, Action: "kms:*", Resource: "*" }],
    });

    expect(complaint((stack) => destination(stack, byRole, keyIn(stack, { policy }).arn))).toMatch(
      /'vendor-can-put' .* so the request needs kms:GenerateDataKey too/,
    );
  });
});

describe("a vendor that the bucket policy names", () => {
  test("gets into the policy of a key of the stack that has none", () => {
    const stack = newStack();
    const { keyPolicy } = destination(stack, byBucketPolicy, keyIn(stack).arn);
    const synthesized = synthesize(stack);

    expect(keyPolicy).toBeInstanceOf(KmsKeyPolicy);
    expect(synthesized.only("aws_kms_key_policy").key_id).toBe("${aws_kms_key.Key.key_id}");
    expect(statementsOf(synthesized.only("aws_kms_key_policy"))).toEqual([
      {
        Sid: "AllowAccount",
        Effect: "Allow",
        Principal: { AWS: expect.stringMatching(/^arn:aws:iam::\$\{data\.aws_caller_identity\..*\.account_id\}:root$/) },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AllowVendorToUseKey",
        Effect: "Allow",
        Principal: { AWS: VENDOR },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: { StringLike: { "kms:ViaService": "s3.*" } },
      },
    ]);
    expect(synthesized.only("terraform_data").depends_on).toContainEqual(expect.stringMatching(/^aws_kms_key_policy\./));
  });

  test("shares the key's one policy with the vendors of other buckets", () => {
    const stack = newStack();
    const kmsKeyArn = keyIn(stack).arn;
    for (const name of ["one", "two"]) {
      const bucket = new DestinationBucket(stack, name, { bucketName: `acme-${name}`, encryption: BucketEncryption.SSE_KMS, kmsKeyArn });
      new VendorDestination(stack, `Acme-${name}`, { vendor: acme(), access: byBucketPolicy, bucket });
    }
    const statements = statementsOf(synthesize(stack).only("aws_kms_key_policy"));

    expect(statements.map(({ Sid: sid }) => sid)).toEqual(["AllowAccount", "AllowVendorToUseKey", "AllowVendorToUseKey2"]);
  });

  test("fails to synthesize where the key's own policy leaves the vendor out, and says what to add", () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: ROOT }, Action: "kms:*", Resource: "*" }],
    });
    const said = complaint((stack) => destination(stack, byBucketPolicy, keyIn(stack, { policy }).arn));

    expect(said).toContain(`add to the key policy: {"Effect":"Allow","Principal":{"AWS":"${VENDOR}"}`);
  });

  test("leaves the policy of a key from elsewhere alone: check on the plan tells what it lacks", () => {
    const stack = newStack();
    const { keyPolicy } = destination(stack, byBucketPolicy, KEY);

    expect(keyPolicy).toBeUndefined();
    expect(synthesize(stack).all("aws_kms_key_policy")).toEqual([]);
  });
});

describe("the validation runs again", () => {
  const validation = (access: VendorAccess, arnOf: (stack: TerraformStack) => string) => {
    const stack = newStack();
    destination(stack, access, arnOf(stack));
    const { triggers_replace, lifecycle } = synthesize(stack).only("terraform_data");
    return { triggers: triggers_replace as Attributes, replaced: lifecycle.replace_triggered_by as string[] };
  };
  const OWN = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
  });

  test("when the key policy that the destination defines changes, and when apply repairs or redefines it", () => {
    const { triggers, replaced } = validation(byBucketPolicy, (stack) => keyIn(stack).arn);

    expect(triggers.keyPolicy).toMatch(/^\$\{aws_kms_key_policy\.\w+\.policy\}$/);
    expect(triggers.resourceIds).toMatch(/aws_kms_key_policy\.\w+\.id/);
    expect(replaced).toContainEqual(expect.stringMatching(/^aws_kms_key_policy\.\w+$/));
  });

  test("when the key's own policy changes, or apply sets the key right", () => {
    const { triggers, replaced } = validation(byRole, (stack) => keyIn(stack, { policy: OWN }).arn);

    expect(triggers.keyPolicy).toBe("${aws_kms_key.Key.policy}");
    expect(triggers.keyIsEnabled).toBe("${jsonencode(aws_kms_key.Key.is_enabled)}");
    expect(replaced).toEqual(expect.arrayContaining(["aws_kms_key.Key.policy", "aws_kms_key.Key.is_enabled"]));
  });

  test.each<[string, (stack: TerraformStack) => string, (key: KmsKey | undefined) => string]>([
    ["of a key of the stack, by its ID", (stack) => keyIn(stack).arn, (key) => key!.keyId],
    ["of a key of the stack, by its ARN", (stack) => keyIn(stack).arn, (key) => key!.arn],
    ["of a key from elsewhere, by its ARN", () => KEY, () => KEY],
    ["of a key from elsewhere, by its ID", () => KEY, () => "1"],
  ])("when a policy that the user defines after the destination changes, %s", (_, arnOf, nameOf) => {
    const stack = newStack();
    destination(stack, byRole, arnOf(stack));
    const key = stack.node.tryFindChild("Key") as KmsKey | undefined;
    new KmsKeyPolicy(stack, "Policy", { keyId: nameOf(key), policy: OWN });
    const { triggers_replace: triggers, lifecycle } = synthesize(stack).only("terraform_data");

    expect(triggers.keyPolicy).toBe("${aws_kms_key_policy.Policy.policy}");
    expect(triggers.resourceIds).toContain("aws_kms_key_policy.Policy.id");
    expect(lifecycle.replace_triggered_by).toContain("aws_kms_key_policy.Policy");
  });

  test("not when a policy of another key changes", () => {
    const stack = newStack();
    destination(stack, byRole, KEY);
    new KmsKeyPolicy(stack, "Policy", { keyId: `${KEY}2`, policy: OWN });

    expect(JSON.stringify(synthesize(stack).only("terraform_data"))).not.toContain("aws_kms_key_policy");
  });

  test("not for a policy that Terraform only reads back, which differs in the plan after the first apply", () => {
    expect(validation(byRole, (stack) => keyIn(stack).arn).triggers).not.toHaveProperty("keyPolicy");
  });

  test("for nothing of a key from elsewhere, of which the stack knows the ARN alone", () => {
    const { triggers, replaced } = validation(byRole, () => KEY);

    expect(Object.keys(triggers).filter((name) => name.startsWith("key"))).toEqual([]);
    expect(replaced.filter((name) => name.includes("kms"))).toEqual([]);
  });
});
