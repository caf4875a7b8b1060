/** The Terraform modules: what the constructs define, with the same contract, judged by the program from their HCL. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import { AuditLogFrequency, KandjiDestination, SixSenseDestination, VendorPermissions } from "../../lib";
import { readContract } from "../../lib/contract";
import { readEstate } from "../../lib/plan";
import { MODULES } from "../../scripts/terraform-modules/definitions";
import { MODULES_FOLDER, moduleFiles } from "../../scripts/terraform-modules/modules";
import { cli, folder } from "../cli/run-program";

const ROOT = join(__dirname, "..", "..");
const FOLDER = join(ROOT, MODULES_FOLDER);
const files = moduleFiles();

test("the committed modules are what the constructs define: run `npm run docs` after a change", () => {
  for (const [name, text] of files) expect(readFileSync(join(FOLDER, name), "utf8"), name).toBe(text);
  const committed = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[\\/](program|\.terraform)([\\/]|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1));
  expect(committed.sort()).toEqual([...files.keys()].sort());
});

test.each(MODULES)("$name describes every variable, and its page lists them all", ({ name, variables }) => {
  const page = files.get(`${name}/README.md`)!;

  for (const [variable, { description, fallback, condition, errorMessage }] of Object.entries(variables)) {
    expect(description).toMatch(/\.$/);
    expect(page).toContain(`| ${variable} |`);
    expect(page).toMatch(new RegExp(`^\\| ${variable} \\|.*\\| ${fallback === undefined ? "yes" : "no"} \\|$`, "m"));
    expect(condition === undefined).toBe(errorMessage === undefined);
  }
});

const hasTerraform = spawnSync("terraform", ["version"]).status === 0;

test.runIf(hasTerraform)("the modules are written as `terraform fmt` writes them", () => {
  expect(execFileSync("terraform", ["fmt", "-check", "-diff", "-recursive", FOLDER], { encoding: "utf8" })).toBe("");
});

test.each(MODULES)("check passes on $name with its example", async ({ name }) => {
  const { code, out } = await cli("check", join(FOLDER, name));

  expect(out).toMatch(/1 destination: \d\d as expected, 0 not, 0 not known; no findings; /);
  expect(code).toBe(0);
});

/** A root module that calls a module with these arguments, in files of their own. */
function called(name: string, args: object, change: (main: string) => string = (main) => main): string {
  const copied = Object.fromEntries(
    [...files].filter(([path]) => path.startsWith(`${name}/`) && /^[^/]+\/[^/]+\.tf$/.test(path)).map(([path, text]) => [path, text]),
  );
  copied[`${name}/main.tf`] = change(copied[`${name}/main.tf`]!);
  return folder({
    ...copied,
    "main.tf.json": { provider: { aws: { region: "eu-west-1" } }, module: { destination: { source: `./${name}`, ...args } } },
  });
}

/** The contract in the files of a folder, without what is the construct's own. */
function contractIn(path: string) {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => /\.tf(\.json)?$/.test(name));
  const estate = readEstate(names.map((name) => ({ path: join(path, name), bytes: readFileSync(join(path, name)) })));
  expect(estate.contracts).toHaveLength(1);
  const { id: _, ...contract } = readContract(estate.contracts[0]!.contract, "test");
  // The ARN of a role holds the number of the account, which nobody knows yet.
  const { role, expectations, ...rest } = contract;
  return { ...rest, role: role?.name, expected: expectations.map(({ id, action, expected }) => `${id} ${action} ${expected}`) };
}

function constructIn(define: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(new App(), "stack");
  define(stack);
  return folder({ "cdk.tf.json": Testing.synth(stack) });
}

const KANDJI = { bucketName: "acme-logs", vendorAccountId: "222222222222", vendorRoleName: "x/kandji" };
const KANDJI_ARGS = { bucket_name: "acme-logs", vendor_account_id: "222222222222", vendor_role_name: "x/kandji" };
const ROLE = "arn:aws:iam::222222222222:role/6sense";
const SIX_SENSE_ARGS = { bucket_name: "acme-logs", vendor_role_arn: ROLE };
const LEAST = VendorPermissions.LEAST_PRIVILEGE;

const CASES: readonly [string, string, object, (stack: TerraformStack) => void][] = [
  ["kandji", "nothing but what is required", KANDJI_ARGS, (stack) => new KandjiDestination(stack, "Logs", KANDJI)],
  [
    "kandji",
    "a path",
    { ...KANDJI_ARGS, destination_path: "a/b/" },
    (stack) => new KandjiDestination(stack, "Logs", { ...KANDJI, destinationPath: "a/b/" }),
  ],
  [
    "kandji",
    "least privilege under a path",
    { ...KANDJI_ARGS, destination_path: "a", least_privilege: true },
    (stack) => new KandjiDestination(stack, "Logs", { ...KANDJI, destinationPath: "a", permissions: LEAST }),
  ],
  [
    "kandji",
    "least privilege on the whole bucket",
    { ...KANDJI_ARGS, least_privilege: true },
    (stack) => new KandjiDestination(stack, "Logs", { ...KANDJI, permissions: LEAST }),
  ],
  [
    "kandji",
    "a role's name",
    { ...KANDJI_ARGS, role_name: "delivery" },
    (stack) => new KandjiDestination(stack, "Logs", { ...KANDJI, roleName: "delivery" }),
  ],
  ...[
    { data: "packs", audit: undefined, frequency: AuditLogFrequency.HOURLY, least: false },
    { data: undefined, audit: "audit/", frequency: AuditLogFrequency.HOURLY, least: false },
    { data: "packs", audit: "audit", frequency: AuditLogFrequency.DAILY, least: false },
    { data: "packs", audit: "audit", frequency: AuditLogFrequency.HOURLY, least: true },
  ].map(({ data, audit, frequency, least }): [string, string, object, (stack: TerraformStack) => void] => [
    "6sense",
    `data packs ${data}, audit logs ${audit} ${frequency}, least ${least}`,
    {
      ...SIX_SENSE_ARGS,
      data_packs_path: data ?? "",
      audit_logs_path: audit ?? "",
      audit_logs_frequency: frequency,
      least_privilege: least,
    },
    (stack) =>
      new SixSenseDestination(stack, "Logs", {
        bucketName: "acme-logs",
        vendorRoleArn: ROLE,
        ...(data !== undefined && { dataPacks: { filePath: data } }),
        ...(audit !== undefined && { auditLogs: { filePath: audit, frequency } }),
        ...(least && { permissions: LEAST }),
      }),
  ]),
];

describe.each(CASES)("%s with %s", (name, _, args, define) => {
  test("has the contract of the construct", () => {
    const { bucket, settings: __, posture, ...contract } = contractIn(called(name, args)) as any;
    const construct = contractIn(constructIn(define)) as any;

    expect(contract).toEqual({ ...contract, ...pick(construct, Object.keys(contract)) });
    expect(bucket.name).toBe(construct.bucket.name);
    expect(posture.map(({ id, oneOf }: any) => [id, oneOf])).toEqual(expect.arrayContaining(withoutRegion(construct.posture)));
  });

  test("passes the check", async () => {
    const { code, out } = await cli("check", called(name, args));

    expect(out).toMatch(/1 destination: \d\d as expected, 0 not, 0 not known; no findings; /);
    expect(code).toBe(0);
  });
});

function pick(value: any, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}

/** Where the region is known, it is one more setting. */
function withoutRegion(posture: readonly any[]) {
  return posture.filter(({ id }) => id !== "chosen-region").map(({ id, oneOf }) => [id, oneOf]);
}

describe("the nearest module that is wrong fails:", () => {
  test.each<[string, (main: string) => string]>([
    ["a public policy is not blocked", (main) => main.replace("block_public_policy     = true", "block_public_policy     = false")],
    ["everybody is trusted", (main) => main.replace(/AWS = "arn:aws:iam::[^"]*"/, 'AWS = "*"')],
    ["plain HTTP is not refused", (main) => main.replace('"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"')],
    ["the grant is elsewhere", (main) => main.replace("${aws_s3_bucket.this.arn}/${prefix}*", "${aws_s3_bucket.this.arn}-x/${prefix}*")],
  ])("%s", async (_, change) => {
    const path = called("kandji", KANDJI_ARGS, (main) => {
      expect(change(main)).not.toBe(main);
      return change(main);
    });

    expect((await cli("check", path)).code).toBe(1);
  });
});
