/** When the hook runs again, by the plans of real Terraform with a real AWS provider: what apply repairs is validated. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { KandjiDestination } from "cdktf-vendor-destination";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allow } from "../emulator/access-fixture";
import { describeWithMirror } from "../emulator/describe";
import { findProviderMirror, forProviderVersion, useMirror } from "../emulator/provider-mirror";
import { type Emulator, startEmulator } from "../emulator/server";
import { readStack } from "../emulator/stack";
import { pointedAt, terraform } from "../emulator/terraform";

const BUCKET = "acme-repairs";
const ROLE = `kandji-${BUCKET}`;
const LIMIT_MS = 1_800_000;

describeWithMirror("the hook, under terraform apply", () => {
  let emulator: Emulator;
  let work: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    // The trust policy names it, and IAM refuses a principal that does not exist.
    await emulator.vendor.role("kandji-activity");
    work = mkdtempSync(join(tmpdir(), "vendor-destination-repairs-"));
    writeStack();
    await run("init");
    await run("apply", "-auto-approve");
  });

  afterAll(async () => {
    if (work) {
      await run("destroy", "-auto-approve");
      rmSync(work, { recursive: true, force: true });
    }
    await emulator?.stop();
  });

  /** The destination with a hook that only counts its runs. */
  function writeStack(tags?: { readonly [key: string]: string }): void {
    const outdir = mkdtempSync(join(tmpdir(), "vendor-destination-e2e-"));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "repairs");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    new KandjiDestination(stack, "Kandji", {
      bucketName: BUCKET,
      vendorAccountId: emulator.vendor.id,
      vendorRoleName: "kandji-activity",
      tags,
    });
    app.synth();
    const json = forProviderVersion(pointedAt(readStack(join(outdir, "stacks", "repairs")), emulator), findProviderMirror()!.version);
    for (const hook of Object.values((json.resource as any).terraform_data) as any[]) {
      hook.provisioner[0]["local-exec"].command = `echo ran >> "${work}/runs"`;
      hook.triggers_replace.program = "counted";
    }
    writeFileSync(join(work, "cdk.tf.json"), JSON.stringify(json));
    rmSync(outdir, { recursive: true, force: true });
  }

  async function run(...args: string[]): Promise<string> {
    const environment = { ...emulator.environment(emulator.customer.root), ...useMirror(findProviderMirror()!, work) };
    const { exitCode, stdout, stderr } = await terraform([...args, "-no-color"], work, environment, LIMIT_MS);
    if (exitCode !== 0) throw new Error(`terraform ${args[0]} failed:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** How often the hook ran in an apply. */
  async function runsInApply(): Promise<number> {
    const before = runs();
    await run("apply", "-auto-approve");
    return runs() - before;
  }

  function runs(): number {
    const file = join(work, "runs");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
  }

  const clients = () => emulator.clients(emulator.customer.root);
  const open = () => ({
    Version: "2012-10-17",
    Statement: [{ ...allow("s3:GetObject", `arn:aws:s3:::${BUCKET}/*`), Principal: { AWS: emulator.stranger.id } }],
  });

  test("runs in the first apply, and not in the second, which changes nothing", async () => {
    expect(runs()).toBe(1);
    expect(await runsInApply()).toBe(0);
  });

  const Bucket = BUCKET;
  test.each<[string, () => Promise<unknown>]>([
    ["the bucket policy was deleted", () => clients().s3.send(new DeleteBucketPolicyCommand({ Bucket }))],
    ["the bucket policy was widened", () => clients().s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(open()) }))],
    ["Block Public Access was deleted", () => clients().s3.send(new DeletePublicAccessBlockCommand({ Bucket }))],
    [
      "Block Public Access was switched off",
      () =>
        clients().s3.send(
          new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: false } }),
        ),
    ],
    ["Object Ownership was deleted", () => clients().s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }))],
    [
      "the inline policy was deleted",
      () => clients().iam.send(new DeleteRolePolicyCommand({ RoleName: ROLE, PolicyName: "vendor-delivery" })),
    ],
    [
      "the trust policy was widened",
      () => {
        const trust = { ...allow("sts:AssumeRole", "*"), Resource: undefined, Principal: { AWS: emulator.stranger.id } };
        const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
        return clients().iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: ROLE, PolicyDocument }));
      },
    ],
  ])("runs again where %s by hand and apply repairs it", async (_, change) => {
    await change();

    expect(await runsInApply()).toBe(1);
    expect(await runsInApply()).toBe(0);
  });

  test("does not run again for tags, changed in the code or by hand", async () => {
    writeStack({ owner: "security" });
    expect(await runsInApply()).toBe(0);

    await clients().s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "by", Value: "hand" }] } }));
    expect(await runsInApply()).toBe(0);
  });
});
