/** The Terraform modules under real Terraform, and OpenTofu where it is found, with the genuine AWS provider, hook included, where this machine has a mirror of the provider. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODULES } from "../../scripts/terraform-modules/definitions";
import { describeWithMirror } from "../emulator/describe";
import { TOOLS_PATH, toolUnavailable } from "../emulator/optional-tools";
import { findProviderMirror, hclForProviderVersion, type TerraformCommand, useMirror } from "../emulator/provider-mirror";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { mustSucceed, pointedAt, runTerraform } from "../emulator/terraform";
import { everythingIn, hookEnvironment } from "./destinations";

const ROOT = join(__dirname, "..", "..");
const LIMIT_MS = 1_800_000;
const mirror = findProviderMirror();
/** The roles of vendors in the examples. Here one vendor delivers to all of them. */
const VENDOR_ROLES = /(?<=")kandji-activity(?=")|(?<=:role\/)(6sense-common|delivery)/g;
const VENDOR_ROLE = "vendor-delivery";

interface ModuleCall {
  /** Of the module. */
  readonly name: string;
  readonly values: object;
  readonly region: string;
}

interface RootOptions {
  readonly command: TerraformCommand;
  /** Modules to call, by the name of the call. To start Terraform and its provider takes most of the time, so that one root has many. */
  readonly calls?: Readonly<Record<string, ModuleCall>>;
  readonly emulator?: Emulator;
  /** Environment of the hooks. */
  readonly hook?: Readonly<Record<string, string>>;
}

/** A root module beside copies of all modules. */
class Root {
  readonly work = mkdtempSync(join(tmpdir(), "vendor-destination-modules-"));
  private readonly command: TerraformCommand;
  private readonly environment: Readonly<Record<string, string>>;

  constructor({ command, calls = {}, emulator, hook = {} }: RootOptions) {
    this.command = command;
    for (const { name } of MODULES) this.copy(name);
    const regions = [...new Set(Object.values(calls).map(({ region }) => region))];
    const alias = (region: string) => region.replaceAll("-", "_");
    const aws = regions.map((region) => ({ region, alias: alias(region) }));
    const module = Object.entries(calls).map(([call, { name, values, region }]) => [
      call,
      { source: `./${name}`, providers: { aws: `aws.${alias(region)}` }, ...values },
    ]);
    const output = Object.keys(calls).map((call) => [call, { value: `\${module.${call}.connection_form}` }]);
    const root = { module: Object.fromEntries(module), output: Object.fromEntries(output) };
    const provider = emulator && pointedAt({ provider: { aws } }, emulator);
    writeFileSync(join(this.work, "main.tf.json"), JSON.stringify({ ...provider, ...root }));
    this.environment = { ...hook, ...useMirror(mirror!, this.work, command) };
  }

  private copy(name: string): void {
    const source = join(ROOT, "modules", name);
    const target = join(this.work, name);
    mkdirSync(join(target, "program"), { recursive: true });
    for (const file of readdirSync(source).filter((path) => path.endsWith(".tf"))) {
      writeFileSync(join(target, file), hclForProviderVersion(readFileSync(join(source, file), "utf8"), mirror!.version));
    }
    copyFileSync(join(ROOT, "program", "index.js"), join(target, "program", "index.js"));
  }

  /** Runs a command in the root module. */
  async run(...args: string[]) {
    return this.runIn(this.work, ...args);
  }

  async runIn(folder: string, ...args: string[]) {
    const { command, environment } = this;
    return runTerraform({ command, args: [...args, "-no-color"], folder, environment, timeout: LIMIT_MS });
  }

  /** What an expression of the module comes to. */
  evaluate(expression: string, variables: readonly string[], name: string): string {
    const args = [`-chdir=${join(this.work, name)}`, "console", ...variables.map((value) => `-var=${value}`)];
    return spawnSync(this.command, args, {
      input: expression,
      encoding: "utf8",
      env: { ...process.env, ...this.environment, PATH: TOOLS_PATH },
    }).stdout.trim();
  }

  remove(): void {
    rmSync(this.work, { recursive: true, force: true });
  }
}

describeWithMirror("the Terraform modules with the genuine AWS provider", () => {
  describe("under Terraform", () => testModules("terraform"));

  const reason = toolUnavailable("tofu");
  if (reason === undefined) describe("under OpenTofu", () => testModules("tofu"));
  else test.skip(`under OpenTofu: ${reason}`);
});

function testModules(command: TerraformCommand): void {
  let emulator: Emulator;
  let deployer: Credentials;

  beforeAll(async () => {
    emulator = await startEmulator();
    deployer = (await emulator.customer.user("deployer")).credentials;
  });
  afterAll(async () => emulator?.stop());

  test("all are valid, checked, applied with their hooks in one go, planned as unchanged and destroyed", async () => {
    const vendor = (await (await emulator.vendor.role(VENDOR_ROLE)).session()).credentials;
    const calls = MODULES.map(({ name, example, exampleRegion }) => [
      `to_${name}`,
      { name, values: withVendor(example, emulator.vendor.id), region: exampleRegion },
    ]);
    const root = new Root({ command, calls: Object.fromEntries(calls), emulator, hook: hookEnvironment(emulator, deployer, vendor) });
    try {
      mustSucceed(`${command} init`, await root.run("init"));
      mustSucceed(`${command} validate`, await root.run("validate"));
      mustSucceed(`${command} plan`, await root.run("plan", "-out=plan.out"));
      const shown = mustSucceed(`${command} show`, await root.run("show", "-json", "plan.out")).stdout;
      writeFileSync(join(root.work, "plan.json"), shown);
      const check = spawnSync("node", [join(ROOT, "program", "index.js"), "check", "plan.json"], { cwd: root.work, encoding: "utf8" });
      expect(check.stdout).toMatch(new RegExp(`${MODULES.length} destinations: \\d+ as expected, 0 not, 0 not known`));

      const applied = mustSucceed(`${command} apply`, await root.run("apply", "-auto-approve", "plan.out")).stdout;
      expect(applied.match(/\b0 fail/g)).toHaveLength(MODULES.length);
      for (const { example } of MODULES) {
        expect(applied).toContain(example.bucket_name);
        expect(await everythingIn(emulator, example.bucket_name as string)).toEqual([]);
      }
      const again = await root.run("plan", "-detailed-exitcode");
      expect(again.exitCode, again.stdout).toBe(0);
    } finally {
      mustSucceed(`${command} destroy`, await root.run("destroy", "-auto-approve"));
      root.remove();
    }
  });

  type WrongCall = readonly [name: string, values: object, message: string, region?: string];

  describe.each<{ readonly what: string; readonly cases: readonly WrongCall[] }>([
    {
      what: "validations of variables",
      cases: [
        ["kandji", { vendor_account_id: "22" }, "vendor_account_id must be an AWS account ID of 12 digits"],
        ["kandji", { destination_path: "/activity" }, "destination_path may not begin with a slash"],
        ["kandji", { bucket_name: "acme..logs" }, "bucket_name must follow Amazon S3's naming rules"],
        ["kandji", { validation: "maybe" }, "validation must be enforce, warn or off"],
        ["6sense", { vendor_role_arn: "arn:aws:iam::222222222222:user/x" }, "vendor_role_arn must be the ARN of an IAM role"],
      ],
    },
    // Terraform looks at preconditions only where all variables are right.
    {
      what: "preconditions",
      cases: [
        ["6sense", { data_packs_path: "", audit_logs_path: "" }, "NothingToDeliver"],
        ["6sense", { audit_logs_path: "data-packs/" }, "EqualPaths"],
        ["6sense", {}, "UnsupportedRegion", "eu-south-1"],
      ],
    },
  ])("$what fail a plan", ({ cases }) => {
    let said: string;

    beforeAll(async () => {
      const calls = cases.map(([name, wrong, , region], index) => {
        const { example, exampleRegion } = MODULES.find((definition) => definition.name === name)!;
        return [`case${index}`, { name, values: { ...example, ...wrong }, region: region ?? exampleRegion }];
      });
      const hook = emulator.environment(emulator.customer.root);
      const root = new Root({ command, calls: Object.fromEntries(calls), emulator, hook });
      try {
        mustSucceed(`${command} init`, await root.run("init"));

        const { exitCode, stderr } = await root.run("plan");

        expect(exitCode).toBe(1);
        said = stderr.replace(/[\s\u2502]+/g, " ");
      } finally {
        root.remove();
      }
    });

    test.each(cases)("%s, where %j", (_name, _wrong, message) => {
      expect(said).toContain(message);
    });
  });

  test("the name of a role is the construct's, however long that of the bucket is", async () => {
    const root = new Root({ command });
    try {
      mustSucceed(`${command} init`, await root.runIn(join(root.work, "kandji"), "init"));
      const variables = (bucket: string) => [`bucket_name=${bucket}`, "vendor_account_id=222222222222", "vendor_role_name=x"];

      expect(root.evaluate("local.role_name", variables("acme-logs"), "kandji")).toBe('"kandji-acme-logs"');
      // As lib/vendor-destination.ts makes it.
      expect(root.evaluate("local.role_name", variables("a".repeat(60)), "kandji")).toBe(`"kandji-${"a".repeat(48)}-c4036376"`);
    } finally {
      root.remove();
    }
  });
}

/** The arguments with the emulator's vendor in the place of the example's. */
function withVendor(example: Readonly<Record<string, unknown>>, account: string): object {
  const withRole = JSON.stringify(example).replace(VENDOR_ROLES, VENDOR_ROLE);
  return JSON.parse(withRole.replaceAll("222222222222", account));
}
