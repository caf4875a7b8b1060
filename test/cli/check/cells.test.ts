/** The matrix has no blank cell, and no cell that contradicts what holds for all requests. */
import { expect, test } from "vitest";
import { type Plan, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

async function rowsOf(kandji?: (plan: Plan) => void): Promise<{ code: number; out: string; row: (title: string) => string[] }> {
  const { code, out } = await cli("check", ...(kandji === undefined ? [examplesFolder()] : [examplesFolder({ kandji })]));
  const row = (title: string) => {
    const line = out.split("\n").find((text) => text.trimStart().startsWith(`${title}  `));
    return line === undefined ? [] : line.trim().split(/ {2,}/).slice(1);
  };
  return { code, out, row };
}

test("every cell says something", async () => {
  const { row } = await rowsOf();

  expect(row("assume the role")).toEqual(["can", "cannot", "cannot", "cannot"]);
  expect(row("get an object")).toEqual(["can", "cannot", "cannot", "cannot"]);
  expect(row("delete an object under activity/")).toEqual(["can", "cannot", "cannot", "cannot"]);
  expect(row("list another bucket")).toEqual(["cannot", "not asked", "not asked", "not asked"]);
});

test("accounts that no sample stands for are seen", async () => {
  const { code, out, row } = await rowsOf((plan) => {
    const policy = policyOf(plan, "trust");
    policy.Statement.push({
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:AssumeRole",
      Condition: { StringNotEquals: { "aws:PrincipalAccount": ["999999999999", "888888888888", "222222222222"] } },
    });
    setPolicy(plan, "trust", policy);
  });

  expect(row("assume the role")).toEqual(["can", "cannot", "some ✗", "cannot"]);
  expect(out).toMatch(/ {2}assume the role, other accounts: some, by arn:aws:\S+/);
  expect(code).toBe(1);
});

test("a part of the bucket that another account may read is seen, in each format", async () => {
  const readers = (plan: Plan) => {
    const policy = policyOf(plan, "bucket");
    const Resource = "arn:aws:s3:::acme-kandji-activity/secret/*";
    policy.Statement.push({ Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "s3:GetObject", Resource });
    setPolicy(plan, "bucket", policy);
  };

  const { code, row } = await rowsOf(readers);
  const markdown = await cli("check", "--format", "markdown", examplesFolder({ kandji: readers }));

  expect(row("get an object")).toEqual(["can", "cannot", "some ✗", "cannot"]);
  expect(code).toBe(1);
  expect(markdown.out).toMatch(/\| get an object \| \*\*can\*\* \| cannot \| ❌ some: by arn:aws:/);
});

test("an account that nobody told is shown as what it is, and stays a number in the command that repeats the request", async () => {
  const { out } = await rowsOf((plan) => {
    const policy = policyOf(plan, "trust");
    policy.Statement[0].Principal = { AWS: "333333333333" };
    setPolicy(plan, "trust", policy);
  });

  const causes = out.split("\n").filter((line) => /^ +cause /.test(line));
  expect(causes.join("\n")).toContain("sts:AssumeRole on arn:aws:iam::${account}:role/kandji-acme-kandji-activity");
  expect(causes.join("\n")).not.toContain("000000000000");
  expect(out).toMatch(/repeat .*--resource arn:aws:iam::000000000000:role\//);
});

const DATADOG = ["--vendor", "datadog-log-archives", "--vendor-principal", "us1", "--key-prefix", "archive"];

/** @param more another statement of the role's policy */
function roleThatPutsUnder({ externalId, more }: { readonly externalId: string; readonly more?: object }, ...folders: string[]): string {
  const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  const bucket = "arn:aws:s3:::acme-logs";
  const trusted = { AWS: "arn:aws:iam::464622532012:root" };
  const external = { StringEquals: { "sts:ExternalId": externalId } };
  const put = { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: folders.map((name) => `${bucket}/${name}/*`) };
  const http = { Bool: { "aws:SecureTransport": "false" } };
  const ssl = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucket, `${bucket}/*`], Condition: http };
  const trust = { Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole", Condition: external };
  return folder({
    "main.tf.json": {
      variable: { ext: { type: "string" } },
      resource: {
        aws_s3_bucket: { logs: { bucket: "acme-logs" } },
        aws_s3_bucket_policy: { logs: { bucket: "acme-logs", policy: document(ssl) } },
        aws_s3_bucket_public_access_block: {
          logs: {
            bucket: "acme-logs",
            block_public_acls: true,
            ignore_public_acls: true,
            block_public_policy: true,
            restrict_public_buckets: true,
          },
        },
        aws_iam_role: { datadog: { name: "datadog", assume_role_policy: document(trust) } },
        aws_iam_role_policy: {
          datadog: {
            role: "datadog",
            policy: document(put, { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket }, ...(more ? [more] : [])),
          },
        },
      },
    },
  });
}

test.each([
  { folders: ["archive"], cell: "cannot" },
  { folders: ["archive", "backup"], cell: "some ✗" },
])("a vendor that may write to $folders and is granted archive: $cell", async ({ folders, cell }) => {
  const { out } = await cli("check", ...DATADOG, "--external-id", "acme-7f3a", roleThatPutsUnder({ externalId: "acme-7f3a" }, ...folders));

  const line = out.split("\n").find((text) => text.trimStart().startsWith("put an object outside its prefix  ")) ?? "";
  expect(line.trim().split(/ {2,}/)[1]).toBe(cell);
  expect(/outside its prefix, vendor: some, for example arn:aws:s3:::acme-logs\/backup\//.test(out)).toBe(cell !== "cannot");
});

test.each([
  { name: "a part of what it is about is not known", vpc: "${var.ext}", cell: "cannot ?", exitCode: 3 },
  { name: "everything is known", vpc: "vpc-0a1b2c3d", cell: "cannot", exitCode: 0 },
])("a cell of which only the sample is known says so: $name", async ({ vpc, cell, exitCode }) => {
  const Condition = { StringEquals: { "aws:PrincipalTag/vpc": vpc } };
  const more = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/backup/*", Condition };
  const plan = roleThatPutsUnder({ externalId: "acme-7f3a", more }, "archive");

  const { code, out } = await cli("check", ...DATADOG, "--external-id", "acme-7f3a", "--fail-on", "none", plan);
  const markdown = await cli("check", ...DATADOG, "--external-id", "acme-7f3a", "--format", "markdown", plan);

  const line = out.split("\n").find((text) => text.trimStart().startsWith("put an object outside its prefix  ")) ?? "";
  expect(line.trim().split(/ {2,}/)[1]).toBe(cell);
  expect(out.includes("put an object outside its prefix, vendor: cannot, by a sample; every other request is not proved")).toBe(
    exitCode === 3,
  );
  expect(markdown.out.includes(" cannot: by a sample; every other request is not proved |")).toBe(exitCode === 3);
  expect(code).toBe(exitCode);
});

test("an external ID that is not known is no caller", async () => {
  const { code, out } = await cli(
    "check",
    ...DATADOG,
    "--external-id",
    "acme-7f3a",
    roleThatPutsUnder({ externalId: "${var.ext}" }, "archive"),
  );

  const causes = out.split("\n").filter((line) => / cause .*sts:AssumeRole/.test(line));
  expect(causes).toHaveLength(2);
  for (const cause of causes)
    expect(cause).toMatch(/could not exclude that arn:aws:sts::464622532012:assumed-role\/.*it depends on var\.ext$/);
  expect(code).toBe(3);
});
