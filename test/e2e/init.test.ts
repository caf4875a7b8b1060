/** Terraform's commands of the pages that `init` writes, where this machine has a mirror of the genuine AWS provider. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SixSenseStack } from "../../examples/six-sense/stack";
import { describeWithMirror } from "../emulator/describe";
import { findProviderMirror, forProviderVersion, hclForProviderVersion, useMirror } from "../emulator/provider-mirror";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { readStack } from "../emulator/stack";
import { pointedAt } from "../emulator/terraform";
import { hookEnvironment } from "./destinations";

const ROOT = join(__dirname, "..", "..");
const mirror = findProviderMirror();

describeWithMirror("what init writes", () => {
  let emulator: Emulator;
  let deployer: Credentials;

  beforeAll(async () => {
    emulator = await startEmulator();
    deployer = (await emulator.customer.user("deployer")).credentials;
  });
  afterAll(async () => emulator?.stop());

  /** Runs the commands of the page that begin with `terraform`. What they make ends with the emulator. */
  async function runPage(folder: string, vendorRole: string): Promise<string> {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    const commands = page.split("\n").filter((line) => line.startsWith("terraform "));
    const vendor = (await (await emulator.vendor.role(vendorRole)).session()).credentials;
    const env = {
      ...process.env,
      ...hookEnvironment(emulator, deployer, vendor),
      ...useMirror(mirror!, folder),
      TF_CLI_ARGS_apply: "-auto-approve",
    };
    const run = (command: string) => spawnSync(command, { cwd: folder, shell: true, encoding: "utf8", env });
    const said: string[] = [];
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      const { status, stdout, stderr } = run(command);
      expect(status, `${command}\n${stdout}\n${stderr}`).toBe(0);
      said.push(stdout);
    }
    return said.join("\n");
  }

  test("in HCL for Kandji is deployed by the commands of its page", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vendor-destination-init-"));
    const account = ["--vendor-account-id", emulator.vendor.id];
    const init = spawnSync("node", [join(ROOT, "program", "index.js"), "init", "kandji", folder, "--dialect", "hcl", ...account]);
    expect(init.status).toBe(0);
    const module = join(folder, "modules", "kandji");
    for (const name of readdirSync(module).filter((file) => file.endsWith(".tf"))) {
      writeFileSync(join(module, name), hclForProviderVersion(readFileSync(join(module, name), "utf8"), mirror!.version));
    }
    // Terraform merges an override into the provider of main.tf.
    const { provider } = pointedAt({ provider: { aws: [{ region: "eu-central-1" }] } }, emulator);
    writeFileSync(join(folder, "emulator_override.tf.json"), JSON.stringify({ provider }));

    const said = await runPage(folder, "kandji-activity");

    expect(said).toContain("0 fail");
    expect(said).toMatch(/S3 Bucket Name +acme-kandji-activity/);
    rmSync(folder, { recursive: true, force: true });
  });

  test("for cdktf and 6sense is deployed by the commands of its page", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vendor-destination-init-"));
    const init = spawnSync("node", [join(ROOT, "program", "index.js"), "init", "6sense", folder, "--bucket", "acme.6sense.staging"]);
    expect(init.status).toBe(0);
    // `npm run synth` of the page is run by the package tests; the stack is the example.
    expect(readFileSync(join(folder, "stack.ts"), "utf8")).toBe(readFileSync(join(ROOT, "examples", "six-sense", "stack.ts"), "utf8"));
    const app = new App({ outdir: join(folder, "cdktf.out") });
    new SixSenseStack(app, "sixsense");
    app.synth();
    const stack = join(folder, "cdktf.out", "stacks", "sixsense");
    const text = JSON.stringify(forProviderVersion(readStack(stack), mirror!.version)).replaceAll("222222222222", emulator.vendor.id);
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(pointedAt(JSON.parse(text), emulator)));
    expect(existsSync(join(stack, "assets"))).toBe(true);

    const said = await runPage(folder, "6sense-common");

    expect(said).toContain("0 fail");
    expect(said).toMatch(/S3 Bucket Name +acme\.6sense\.staging/);
    rmSync(folder, { recursive: true, force: true });
  });
});
