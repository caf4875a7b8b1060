/** The examples under real Terraform and the genuine AWS provider, hook included, where this machine has a mirror of the provider. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KandjiStack } from "../../examples/kandji/stack";
import { SixSenseStack } from "../../examples/six-sense/stack";
import { describeWithMirror } from "../emulator/describe";
import { findProviderMirror, forProviderVersion, useMirror } from "../emulator/provider-mirror";
import type { Attributes } from "../emulator/resources";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { readStack, type TerraformJson } from "../emulator/stack";
import { mustSucceed, pointedAt, terraform } from "../emulator/terraform";
import { copyOfProgram } from "../faults/destinations";
import { runProgram } from "../faults/run";
import { everythingIn, hookEnvironment } from "./destinations";

const LIMIT_MS = 1_800_000;
const mirror = findProviderMirror();
const isOlder = mirror !== undefined && Number.parseInt(mirror!.version, 10) < 6;

interface Example {
  readonly name: string;
  readonly vendorRole: { readonly name: string; readonly path: string };
  define(app: App): TerraformStack;
}

const EXAMPLES: readonly Example[] = [
  { name: "kandji", vendorRole: { name: "kandji-activity", path: "/" }, define: (app) => new KandjiStack(app, "kandji") },
  { name: "sixsense", vendorRole: { name: "6sense-common", path: "/" }, define: (app) => new SixSenseStack(app, "sixsense") },
];

/** A stack in a folder of its own, with Terraform's commands on it. */
class DeployedStack {
  readonly work = mkdtempSync(join(tmpdir(), "vendor-destination-provider-"));
  private readonly environment: Readonly<Record<string, string>>;

  constructor(
    json: TerraformJson,
    emulator: Emulator,
    { assets, hook }: { readonly assets: string; readonly hook: Readonly<Record<string, string>> },
  ) {
    cpSync(assets, join(this.work, "assets"), { recursive: true });
    this.environment = { ...hook, ...useMirror(mirror!, this.work) };
    this.write(pointedAt(json, emulator));
  }

  write(json: TerraformJson): void {
    writeFileSync(join(this.work, "cdk.tf.json"), JSON.stringify(json));
  }

  async run(...args: string[]) {
    return terraform([...args, "-no-color"], this.work, this.environment, LIMIT_MS);
  }

  remove(): void {
    rmSync(this.work, { recursive: true, force: true });
  }
}

describeWithMirror("real Terraform with the genuine AWS provider", () => {
  let emulator: Emulator;
  let deployer: Credentials;
  let program: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    deployer = (await emulator.customer.user("deployer")).credentials;
    program = copyOfProgram();
  });
  afterAll(async () => {
    await emulator?.stop();
    if (program) rmSync(dirname(program), { recursive: true, force: true });
  });

  describe.each(EXAMPLES)("$name", ({ name, vendorRole, define }) => {
    test("is planned, checked, applied with its hook in one go, planned as unchanged, changed and destroyed", async () => {
      const outdir = mkdtempSync(join(tmpdir(), "vendor-destination-synth-"));
      const app = new App({ outdir });
      define(app);
      app.synth();
      const folder = join(outdir, "stacks", name);
      const vendor = (await (await emulator.vendor.role(vendorRole.name, { path: vendorRole.path })).session()).credentials;
      const json = forProviderVersion(readStack(folder), mirror!.version);
      mkdirSync(join(folder, "assets"), { recursive: true });
      const stack = new DeployedStack(json, emulator, {
        assets: join(folder, "assets"),
        hook: hookEnvironment(emulator, deployer, vendor),
      });
      try {
        mustSucceed("terraform init", await stack.run("init"));
        mustSucceed("terraform plan", await stack.run("plan", "-out=plan.out"));
        const shown = mustSucceed("terraform show", await stack.run("show", "-json", "plan.out")).stdout;
        writeFileSync(join(stack.work, "plan.json"), shown);
        const checked = await runProgram({ program, args: ["check", join(stack.work, "plan.json")], env: {} });
        expect(checked.exitCode, checked.stdout).not.toBe(2);

        const applied = mustSucceed("terraform apply", await stack.run("apply", "-auto-approve", "plan.out"));
        expect(applied.stdout).toContain("0 fail");
        const bucket = Object.values((json.resource as Record<string, Record<string, Attributes>>).aws_s3_bucket!)[0]!.bucket as string;
        expect(await everythingIn(emulator, bucket)).toEqual([]);

        expect((await stack.run("plan", "-detailed-exitcode")).exitCode).toBe(0);
      } finally {
        mustSucceed("terraform destroy", await stack.run("destroy", "-auto-approve"));
        stack.remove();
        rmSync(outdir, { recursive: true, force: true });
      }
    });
  });

  test.runIf(isOlder)("needs an explicit list of what an older major does not know", () => {
    expect(JSON.stringify(forProviderVersion({ resource: { aws_s3_bucket: { b: { region: "x" } } } } as never, "5.100.0"))).not.toContain(
      "region",
    );
  });
});
