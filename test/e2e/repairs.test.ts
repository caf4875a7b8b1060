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
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allow } from "../emulator/access-fixture";
import { describeWithMirror } from "../emulator/describe";
import { findProviderMirror, forProviderVersion, useMirror } from "../emulator/provider-mirror";
import { type Emulator, startEmulator } from "../emulator/server";
import { readStack } from "../emulator/stack";
import { pointedAt, terraform } from "../emulator/terraform";

const LIMIT_MS = 1_800_000;

type Clients = ReturnType<Emulator["clients"]>;

interface ChangeByHand {
  readonly title: string;
  readonly make: (clients: Clients, bucket: string) => Promise<unknown>;
}

/** Each to a destination of its own: a command of Terraform costs nearly the same for one as for all of them. */
const changesFor = (stranger: string): readonly ChangeByHand[] => [
  { title: "the bucket policy was deleted", make: ({ s3 }, Bucket) => s3.send(new DeleteBucketPolicyCommand({ Bucket })) },
  {
    title: "the bucket policy was widened",
    make: ({ s3 }, Bucket) => {
      const statement = { ...allow("s3:GetObject", `arn:aws:s3:::${Bucket}/*`), Principal: { AWS: stranger } };
      return s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }));
    },
  },
  { title: "Block Public Access was deleted", make: ({ s3 }, Bucket) => s3.send(new DeletePublicAccessBlockCommand({ Bucket })) },
  {
    title: "Block Public Access was switched off",
    make: ({ s3 }, Bucket) => {
      const PublicAccessBlockConfiguration = { BlockPublicAcls: false, BlockPublicPolicy: false };
      return s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    },
  },
  { title: "Object Ownership was deleted", make: ({ s3 }, Bucket) => s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket })) },
  {
    title: "the inline policy was deleted",
    make: ({ iam }, bucket) => iam.send(new DeleteRolePolicyCommand({ RoleName: roleOf(bucket), PolicyName: "vendor-delivery" })),
  },
  {
    title: "the trust policy was widened",
    make: ({ iam }, bucket) => {
      const trust = { ...allow("sts:AssumeRole", "*"), Resource: undefined, Principal: { AWS: stranger } };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
      return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleOf(bucket), PolicyDocument }));
    },
  },
];
const CHANGES = changesFor("");
const BUCKETS = CHANGES.map((_, index) => `acme-repairs-${index}`);

const roleOf = (bucket: string) => `kandji-${bucket}`;

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

  /** Destinations with hooks that only count their runs. */
  function writeStack(tags?: { readonly [key: string]: string }): void {
    const outdir = mkdtempSync(join(tmpdir(), "vendor-destination-e2e-"));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "repairs");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    for (const bucketName of BUCKETS) {
      new KandjiDestination(stack, bucketName, {
        bucketName,
        vendorAccountId: emulator.vendor.id,
        vendorRoleName: "kandji-activity",
        tags,
      });
    }
    app.synth();
    const json = forProviderVersion(pointedAt(readStack(join(outdir, "stacks", "repairs")), emulator), findProviderMirror()!.version);
    const hooks = Object.entries((json.resource as any).terraform_data as Record<string, any>);
    expect(hooks).toHaveLength(BUCKETS.length);
    for (const [name, hook] of hooks) {
      const bucket = BUCKETS.find((one) => name.startsWith(`${one}_`));
      hook.provisioner[0]["local-exec"].command = `echo ${bucket} >> "${work}/runs"`;
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

  /** The destinations whose hooks ran in an apply, one entry a run. */
  async function runsInApply(): Promise<readonly string[]> {
    const before = runs();
    await run("apply", "-auto-approve");
    return runs().slice(before.length);
  }

  function runs(): readonly string[] {
    const file = join(work, "runs");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  test("runs in the first apply, and not in the second, which changes nothing", async () => {
    expect([...runs()].sort()).toEqual(BUCKETS);
    expect(await runsInApply()).toEqual([]);
  });

  describe("runs again, once, where apply repairs what was changed by hand", () => {
    let first: readonly string[];
    let second: readonly string[];

    beforeAll(async () => {
      const clients = emulator.clients(emulator.customer.root);
      for (const [index, { make }] of changesFor(emulator.stranger.id).entries()) await make(clients, BUCKETS[index]!);
      first = await runsInApply();
      second = await runsInApply();
    });

    test.each(CHANGES.map(({ title }, index) => ({ title, bucket: BUCKETS[index] })))("$title", ({ bucket }) => {
      expect(first.filter((one) => one === bucket)).toHaveLength(1);
      expect(second).not.toContain(bucket);
    });
  });

  test("runs again only where something was repaired", async () => {
    const { s3 } = emulator.clients(emulator.customer.root);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKETS[3] }));

    expect(await runsInApply()).toEqual([BUCKETS[3]]);
  });

  test("does not run again for tags, changed in the code or by hand", async () => {
    writeStack({ owner: "security" });
    expect(await runsInApply()).toEqual([]);

    const Tagging = { TagSet: [{ Key: "by", Value: "hand" }] };
    await emulator.clients(emulator.customer.root).s3.send(new PutBucketTaggingCommand({ Bucket: BUCKETS[0], Tagging }));
    expect(await runsInApply()).toEqual([]);
  });
});
