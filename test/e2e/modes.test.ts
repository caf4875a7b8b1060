/** Every mode with exactly the rights that docs/validate.md names: what it proves, and that nothing of it stays. */
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { dirname } from "node:path";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { DeletePublicAccessBlockCommand } from "@aws-sdk/client-s3";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { BucketVersioning, VendorAccess, VendorDestination, VendorPrincipal } from "cdktf-vendor-destination";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KANDJI_PROFILE } from "../../lib/vendors/kandji";
import type { Applied } from "../emulator/apply";
import { describeWithEmulator } from "../emulator/describe";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { copyOfProgram } from "../faults/destinations";
import { type ProgramRun, runProgram } from "../faults/run";
import { deploy, everythingIn } from "./destinations";

const BUCKET = "acme-modes";
const page = readFileSync(`${__dirname}/../../docs/validate.md`, "utf8");

/** The emulator asks for these rights by other names than AWS does. */
const EMULATOR_NAMES: Readonly<Record<string, readonly string[]>> = {
  "s3:GetBucketObjectLockConfiguration": ["s3:GetObjectLockConfiguration"],
  "s3:GetBucketNotification": ["s3:GetBucketNotificationConfiguration"],
  "s3:GetInventoryConfiguration": ["s3:ListBucketInventoryConfigurations"],
  "s3:GetAnalyticsConfiguration": ["s3:ListBucketAnalyticsConfigurations"],
  "access-analyzer:ValidatePolicy": ["accessanalyzer:ValidatePolicy"],
  "access-analyzer:CheckNoPublicAccess": ["accessanalyzer:CheckNoPublicAccess"],
};

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

describeWithEmulator("the modes of validate, with the rights in the docs", () => {
  let emulator: Emulator;
  let destination: Applied;
  let program: string;
  let validator: Credentials;
  let vendor: Credentials;

  beforeAll(async () => {
    emulator = await startEmulator();
    program = copyOfProgram();
    vendor = (await (await emulator.vendor.role("kandji-activity")).session()).credentials;
    // The trust policy names the validator, so it has to be there first. What rights it has, its name tells.
    const made = await emulator.customer.user("validator", rights("vendor"));
    validator = made.credentials;
    destination = await deploy(emulator, "modes", (app) => new ModesStack(app, made.arn));
  });

  afterAll(async () => {
    destination?.leave();
    await emulator?.stop();
    if (program) rmSync(dirname(program), { recursive: true, force: true });
  });

  /** The policy of a mode, without some rights. */
  function rights(mode: string, without: readonly string[] = []): Statement[] {
    const text = page.match(new RegExp(`\`\`\`json ${mode}\n(.*?)\`\`\``, "s"))![1]!;
    const filled = text
      .replaceAll("BUCKET", BUCKET)
      .replaceAll("ROLE_ARN", `arn:aws:iam::${emulator.customer.id}:role/kandji-${BUCKET}`)
      .replaceAll("ACCOUNT", emulator.customer.id);
    return (JSON.parse(filled).Statement as Statement[])
      .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((action) => !without.includes(action)) }))
      .map((statement) => ({ ...statement, Action: statement.Action.flatMap((action) => [action, ...(EMULATOR_NAMES[action] ?? [])]) }))
      .filter(({ Action }) => Action.length > 0);
  }

  async function validate(deployer: Credentials, more: { args?: string[]; vendor?: Credentials } = {}): Promise<ProgramRun> {
    return runProgram({
      program,
      args: ["validate", "--format", "json", "--timeout-seconds", "2", ...(more.args ?? [])],
      env: {
        ...emulator.environment(deployer),
        VENDOR_DESTINATION_CONTRACT: JSON.stringify(destination.hooks[0]!.input),
        ...(more.vendor && {
          VENDOR_AWS_ACCESS_KEY_ID: more.vendor.accessKeyId,
          VENDOR_AWS_SECRET_ACCESS_KEY: more.vendor.secretAccessKey,
          VENDOR_AWS_SESSION_TOKEN: more.vendor.sessionToken!,
        }),
      },
    });
  }

  /** Every line that does not hold, and what could not be read though the policy of the mode should let it. */
  function wrong({ report, stderr }: ProgramRun): string[] {
    const [only] = report?.destinations ?? [];
    if (!only) return [`no report: ${stderr}`];
    return [
      ...only.results.filter(({ outcome }) => outcome !== "pass").map(({ id, outcome, cause }) => `${outcome} ${id}: ${cause}`),
      // localemu asks for rights under prefixes that AWS does not have, so that nobody has them here.
      ...only.notChecked.filter((line) => line.includes("AccessDenied") && !/access-analyzer:|s3control:/.test(line)),
      ...(only.stopped === undefined ? [] : [only.stopped]),
    ];
  }

  const result = ({ report }: ProgramRun, id: string) => report?.destinations[0]?.results.find((one) => one.id === id);

  async function standIns(): Promise<string[]> {
    const { Roles = [] } = await emulator.clients(emulator.customer.root).iam.send(new ListRolesCommand({}));
    return Roles.map(({ RoleName }) => RoleName!).filter((name) => name.startsWith("vendor-destination-stand-in-"));
  }

  test("as the destination role: the validator principal acts with its session", async () => {
    const run = await validate(validator);

    expect(wrong(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(run.report?.destinations[0]?.mode).toBe("role");
    expect(result(run, "vendor-can-put")).toMatchObject({ evidence: "performed", by: "the destination role" });
    expect(result(run, "vendor-can-delete")).toMatchObject({ evidence: "performed", by: "the destination role" });
    expect(result(run, "vendor-cannot-get-bucket-policy")).toMatchObject({ evidence: "performed", by: "the destination role" });
    expect(result(run, "vendor-can-assume-role")).toMatchObject({ evidence: "computed" });
    expect(await everythingIn(emulator, BUCKET)).toEqual([]);
  });

  test("fails as the destination role for another principal of the account", async () => {
    const other = (await emulator.customer.user("not-the-validator", rights("vendor"))).credentials;

    const run = await validate(other, { args: ["--as", "role"] });

    expect(run.exitCode).toBe(1);
    expect(result(run, "role-session")).toMatchObject({ outcome: "fail", evidence: "performed" });
    expect(await everythingIn(emulator, BUCKET)).toEqual([]);
  });

  test("as the vendor", async () => {
    const deployer = (await emulator.customer.user("reader", rights("vendor"))).credentials;

    const run = await validate(deployer, { vendor });

    expect(wrong(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(result(run, "vendor-can-assume-role")).toMatchObject({ evidence: "performed", by: "the vendor" });
    expect(await everythingIn(emulator, BUCKET)).toEqual([]);
  });

  test("as the deployer", async () => {
    const deployer = (await emulator.customer.user("deployer", rights("deployer"))).credentials;

    const run = await validate(deployer);

    expect(wrong(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(result(run, "canary-put")).toMatchObject({ evidence: "performed", by: "the deployer" });
    expect(result(run, "vendor-can-put")).toMatchObject({ evidence: "computed" });
    expect(await everythingIn(emulator, BUCKET)).toEqual([]);
  });

  test("by a stand-in, which is gone afterwards", async () => {
    const deployer = (await emulator.customer.user("stand-in-maker", rights("stand-in"))).credentials;

    const run = await validate(deployer, { args: ["--as", "stand-in"] });

    expect(wrong(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(result(run, "vendor-can-put")).toMatchObject({ evidence: "simulated", by: "a stand-in role" });
    expect(await standIns()).toEqual([]);
    expect(await everythingIn(emulator, BUCKET)).toEqual([]);
  });

  test.each(["iam:CreateRole", "iam:PutRolePolicy", "sts:AssumeRole"])(
    "fails by a stand-in without %s, which it names",
    async (missing) => {
      const name = `without-${missing.replace(":", "-")}`;
      const deployer = (await emulator.customer.user(name, rights("stand-in", [missing]))).credentials;

      const run = await validate(deployer, { args: ["--as", "stand-in"] });

      expect([1, 3]).toContain(run.exitCode);
      expect(run.stdout).toContain(missing);
      expect(await standIns()).toEqual([]);
      expect(await everythingIn(emulator, BUCKET)).toEqual([]);
    },
  );

  // Last, as it changes the destination.
  test("as the deployer: what the account blocks counts, and an access point whose policy cannot be read is listed", async () => {
    const deployer = (await emulator.customer.user("point-reader", rights("deployer"))).credentials;
    await s3Control("accesspoint/shared", `<CreateAccessPointRequest><Bucket>${BUCKET}</Bucket></CreateAccessPointRequest>`);
    const block = "<RestrictPublicBuckets>true</RestrictPublicBuckets>";
    await s3Control("configuration/publicAccessBlock", `<PublicAccessBlockConfiguration>${block}</PublicAccessBlockConfiguration>`);
    await emulator.clients(emulator.customer.root).s3.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKET }));

    const run = await validate(deployer);

    expect(run.exitCode).toBe(1);
    expect(result(run, "restrict-public-buckets")).toMatchObject({
      outcome: "pass",
      note: "the account has it on, and the bucket has not",
    });
    expect(result(run, "block-public-acls")).toMatchObject({ outcome: "fail" });
    // localemu asks for this right on a resource that AWS does not have.
    const unseen = expect.stringMatching(
      /^what s3:GetAccessPointPolicy \(the policy of the access point shared\) would show: AccessDenied /,
    );
    expect(run.report?.destinations[0]?.notChecked).toContainEqual(unseen);
  });

  /** localemu does not verify signatures. */
  async function s3Control(path: string, body: string): Promise<void> {
    const { id } = emulator.customer;
    const headers = {
      host: `${id}.localhost`,
      authorization: `AWS4-HMAC-SHA256 Credential=${id}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`,
      "x-amz-account-id": id,
      "x-amz-date": "20260101T000000Z",
    };
    const asked = request(`${emulator.endpoint}/v20180820/${path}`, { method: "PUT", headers }).end(body);
    const [answered] = (await once(asked, "response")) as [IncomingMessage];
    answered.resume();
    expect(answered.statusCode, path).toBeLessThan(300);
  }
});

class ModesStack extends TerraformStack {
  public constructor(app: App, validatorPrincipalArn: string) {
    super(app, "modes");
    new AwsProvider(this, "aws", { region: "us-east-1" });
    new VendorDestination(this, "Kandji", {
      vendor: KANDJI_PROFILE,
      access: VendorAccess.assumedRole({ principals: [VendorPrincipal.role("222222222222", "kandji-activity")], validatorPrincipalArn }),
      bucketName: BUCKET,
      keyPrefix: "activity",
      versioning: BucketVersioning.DISABLED,
    });
  }
}
