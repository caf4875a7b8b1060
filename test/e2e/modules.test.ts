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
/** The vendor's role, as the example of each module names it. */
const VENDOR_ROLES: Readonly<Record<string, string>> = { kandji: "kandji-activity", "6sense": "6sense-common", vendor: "delivery" };

interface RootOptions {
  readonly command: TerraformCommand;
  /** Of the module. */
  readonly name: string;
  readonly root?: object;
  /** Environment of the hook. */
  readonly hook?: Readonly<Record<string, string>>;
}

/** A root module that calls a copy of the module. */
class Root {
  readonly work = mkdtempSync(join(tmpdir(), "vendor-destination-modules-"));
  private readonly command: TerraformCommand;
  private readonly environment: Readonly<Record<string, string>>;

  constructor({ command, name, root = {}, hook = {} }: RootOptions) {
    this.command = command;
    const source = join(ROOT, "modules", name);
    const target = join(this.work, name);
    mkdirSync(join(target, "program"), { recursive: true });
    for (const file of readdirSync(source).filter((path) => path.endsWith(".tf"))) {
      writeFileSync(join(target, file), hclForProviderVersion(readFileSync(join(source, file), "utf8"), mirror!.version));
    }
    copyFileSync(join(ROOT, "program", "index.js"), join(target, "program", "index.js"));
    writeFileSync(join(this.work, "main.tf.json"), JSON.stringify(root));
    this.environment = { ...hook, ...useMirror(mirror!, this.work, command) };
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

  test.each(MODULES)(
    "$name is valid, checked, applied with its hook in one go, planned as unchanged and destroyed",
    async ({ name, example, exampleRegion }) => {
      const vendor = (await (await emulator.vendor.role(VENDOR_ROLES[name]!)).session()).credentials;
      const call = { source: `./${name}`, ...withVendor(example, emulator.vendor.id) };
      const json = pointedAt({ provider: { aws: [{ region: exampleRegion }] } }, emulator);
      const outputs = { form: { value: "${module.destination.connection_form}" } };
      const root = new Root({
        command,
        name,
        root: { ...json, module: { destination: call }, output: outputs },
        hook: hookEnvironment(emulator, deployer, vendor),
      });
      try {
        mustSucceed(`${command} init`, await root.run("init"));
        mustSucceed(`${command} validate`, await root.run("validate"));
        mustSucceed(`${command} plan`, await root.run("plan", "-out=plan.out"));
        const shown = mustSucceed(`${command} show`, await root.run("show", "-json", "plan.out")).stdout;
        writeFileSync(join(root.work, "plan.json"), shown);
        const check = spawnSync("node", [join(ROOT, "program", "index.js"), "check", "plan.json"], { cwd: root.work, encoding: "utf8" });
        expect(check.stdout).toMatch(/1 destination: \d+ as expected, 0 not, 0 not known/);

        const applied = mustSucceed(`${command} apply`, await root.run("apply", "-auto-approve", "plan.out"));
        expect(applied.stdout).toContain("0 fail");
        expect(applied.stdout).toContain(example.bucket_name as string);
        expect(await everythingIn(emulator, example.bucket_name as string)).toEqual([]);
        const again = await root.run("plan", "-detailed-exitcode");
        expect(again.exitCode, again.stdout).toBe(0);
      } finally {
        mustSucceed(`${command} destroy`, await root.run("destroy", "-auto-approve"));
        root.remove();
      }
    },
  );

  interface WrongCalls {
    readonly name: string;
    /** @default - that of the example */
    readonly region?: string;
    /** Arguments of a call, and what Terraform says of them. */
    readonly cases: (readonly [object, string])[];
  }

  describe.each<WrongCalls>([
    {
      name: "kandji",
      cases: [
        [{ vendor_account_id: "22" }, "vendor_account_id must be an AWS account ID of 12 digits"],
        [{ destination_path: "/activity" }, "destination_path may not begin with a slash"],
        [{ bucket_name: "acme..logs" }, "bucket_name must follow Amazon S3's naming rules"],
        [{ validation: "maybe" }, "validation must be enforce, warn or off"],
      ],
    },
    {
      name: "6sense",
      cases: [[{ vendor_role_arn: "arn:aws:iam::222222222222:user/x" }, "vendor_role_arn must be the ARN of an IAM role"]],
    },
    // Terraform looks at preconditions only where all variables are right.
    {
      name: "6sense",
      cases: [
        [{ data_packs_path: "", audit_logs_path: "" }, "NothingToDeliver"],
        [{ audit_logs_path: "data-packs/" }, "EqualPaths"],
      ],
    },
    { name: "6sense", region: "eu-south-1", cases: [[{}, "UnsupportedRegion"]] },
  ])("$name, in $region, fails its plan", ({ name, region, cases }) => {
    /** What Terraform says of each call. One plan is of all of them: to start Terraform and its provider takes most of the time. */
    let said: string;

    beforeAll(async () => {
      const { example, exampleRegion } = MODULES.find((definition) => definition.name === name)!;
      const json = pointedAt({ provider: { aws: [{ region: region ?? exampleRegion }] } }, emulator);
      const calls = cases.map(([wrong], index) => [`case${index}`, { source: `./${name}`, ...example, ...wrong }]);
      const root = new Root({
        command,
        name,
        root: { ...json, module: Object.fromEntries(calls) },
        hook: emulator.environment(emulator.customer.root),
      });
      try {
        mustSucceed(`${command} init`, await root.run("init"));

        const { exitCode, stderr } = await root.run("plan");

        expect(exitCode).toBe(1);
        said = stderr.replace(/[\s\u2502]+/g, " ");
      } finally {
        root.remove();
      }
    });

    test.each(cases)("where %j", (_, message) => {
      expect(said).toContain(message);
    });
  });

  test("the name of a role is the construct's, however long that of the bucket is", async () => {
    const root = new Root({ command, name: "kandji" });
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

/** The arguments with the emulator's account of the vendor in the place of the example's. */
function withVendor(example: Readonly<Record<string, unknown>>, account: string): object {
  return JSON.parse(JSON.stringify(example).replaceAll("222222222222", account));
}
